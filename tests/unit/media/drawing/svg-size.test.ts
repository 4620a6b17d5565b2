import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { drawPicture } from "@/lib/media/drawing/draw-picture";
import { ICON, SCREENSHOT } from "@/lib/media/picture-shape";
import fc from "@/tests/builders/fast-check";

/** Red on the left half of the view box, blue on the right. */
const drawing = (attributes: string, start = "") =>
  Buffer.from(
    `${start}<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><rect width="50" height="50" fill="#f00"/><rect x="50" width="50" height="50" fill="#00f"/></svg>`,
  );

async function drawn(bytes: Uint8Array) {
  const picture = await drawPicture(bytes, SCREENSHOT);
  if (picture.kind !== "drawn") return picture;
  const { width, height } = picture;
  const { data, info } = await sharp(picture.media.bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number) => {
    const from = (Math.floor(info.height / 2) * info.width + Math.floor(info.width * x)) * info.channels;
    const [red = 0, , blue = 0] = data.subarray(from, from + info.channels);
    return red > 200 ? "red" : blue > 200 ? "blue" : "other";
  };
  return { size: `${width}x${height}`, left: at(0.25), right: at(0.75) };
}

const BOX = 'viewBox="0 0 100 50"';

describe("a drawing fills the copy whatever the unit of its size", () => {
  test.each([
    ["points", `width="460.8pt" height="230.4pt" ${BOX}`],
    ["millimeters", `width="120mm" height="60mm" ${BOX}`],
    ["centimeters", `width="12cm" height="6cm" ${BOX}`],
    ["inches", `width="4in" height="2in" ${BOX}`],
    ["picas", `width="20pc" height="10pc" ${BOX}`],
    ["quarter millimeters", `width="400Q" height="200Q" ${BOX}`],
    ["ems", `width="20em" height="10em" ${BOX}`],
    ["rems", `width="20rem" height="10rem" ${BOX}`],
    ["ex", `width="20ex" height="10ex" ${BOX}`],
    ["pixels", `width="100px" height="50px" ${BOX}`],
    ["upper case", `width="4IN" height="2IN" ${BOX}`],
    ["two units", `width="4in" height="192px" ${BOX}`],
    ["percent", `width="100%" height="100%" ${BOX}`],
    ["auto", `width="auto" height="auto" ${BOX}`],
    ["only a view box", BOX],
    ["a view box with commas", 'viewBox="0,0,100,50"'],
    ["only a width", `width="10pt" ${BOX}`],
    ["only a height", `height="2in" ${BOX}`],
    ["no view box", 'width="100" height="50"'],
    ["points without a view box", 'width="75pt" height="37.5pt"'],
    ["tiny", `width="0.02mm" height="0.01mm" ${BOX}`],
    ["exponents", `width="1e2" height="5e1" ${BOX}`],
    ["claims of 30,000 pixels", `width="30000" height="15000" ${BOX}`],
    ["claims of a billion pixels", `width="1e9" height="5e8" ${BOX}`],
    ["claims of a kilometer", `width="100000cm" height="50000cm" ${BOX}`],
    ["size and nothing else", ""],
    ["a size in a style", `style="width:4in;height:2in" ${BOX}`],
    ["single quotes and spaces", `width = '4in'\n  height='2in' viewBox='0 0 100 50'`],
  ])("%s", async (_unit, attributes) => {
    expect(await drawn(drawing(attributes))).toEqual({ size: "2400x1200", left: "red", right: "blue" });
  });

  test.each([
    ["a long license", `<!-- ${"license ".repeat(400)} -->`],
    ["a comment with another svg", '<!-- <svg width="1" height="1"> -->'],
    [
      "a declaration",
      '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n',
    ],
  ])("after %s", async (_what, start) => {
    const picture = await drawn(drawing(`width="4in" height="2in" ${BOX}`, start));
    expect(picture).toEqual({ size: "2400x1200", left: "red", right: "blue" });
  });

  test("with a prefix", async () => {
    const svg = `<s:svg xmlns:s="http://www.w3.org/2000/svg" width="4in" height="2in" ${BOX}><s:rect width="50" height="50" fill="#f00"/><s:rect x="50" width="50" height="50" fill="#00f"/></s:svg>`;
    expect(await drawn(Buffer.from(svg))).toEqual({ size: "2400x1200", left: "red", right: "blue" });
  });

  test("with letters in another encoding", async () => {
    const svg = `<?xml version="1.0" encoding="ISO-8859-1"?><svg xmlns="http://www.w3.org/2000/svg" width="4in" height="2in" ${BOX}><title>Größe</title><rect width="50" height="50" fill="#f00"/><rect x="50" width="50" height="50" fill="#00f"/></svg>`;
    expect(await drawn(Buffer.from(svg, "latin1"))).toEqual({
      size: "2400x1200",
      left: "red",
      right: "blue",
    });
  });

  test("very flat drawings have at least one pixel", async () => {
    expect(await drawn(drawing('width="300000" height="10"'))).toMatchObject({ size: "2400x1" });
  });
});

test.each([
  ["a size of 0", 'width="0" height="0"'],
  ["a view box of 0", 'viewBox="0 0 0 0"'],
])("%s is named with its fix", async (_what, attributes) => {
  expect(await drawn(drawing(attributes))).toEqual({
    kind: "unusable",
    reason: "svg_size",
    why: "it is an SVG without a usable width, height or viewBox",
  });
});

test("no claim about the size makes a copy larger than the shape, or another outcome than a drawing or a reason", async () => {
  const length = fc.tuple(
    fc.oneof(fc.double({ min: -10, max: 1e12, noNaN: true }), fc.constantFrom("NaN", "1e999", "&x;", "")),
    fc.constantFrom("", "px", "pt", "mm", "in", "%", "em", "parsec"),
  );
  const attributes = fc
    .tuple(length, length, fc.option(fc.array(fc.double({ noNaN: true }), { minLength: 4, maxLength: 4 })))
    .map(([[w, wUnit], [h, hUnit], box]) => {
      const viewBox = box === null ? "" : ` viewBox="${box.join(" ")}"`;
      return `width="${w}${wUnit}" height="${h}${hUnit}"${viewBox}`;
    });
  await fc.assert(
    fc.asyncProperty(attributes, async (text) => {
      const picture = await drawPicture(drawing(text), ICON);
      if (picture.kind === "drawn") {
        expect(picture.width).toBeLessThanOrEqual(ICON.width);
        expect(picture.height).toBeLessThanOrEqual(ICON.height);
      } else
        expect(picture).toMatchObject({
          kind: "unusable",
          reason: expect.stringMatching(/^(?:svg_|too_many)/),
        });
    }),
    { numRuns: 100 },
  );
});
