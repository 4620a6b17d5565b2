import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { renderIcon } from "@/lib/inspection/icon";
import { imageFormatOf } from "@/lib/inspection/image-format";
import { INSPECTION_LIMITS } from "@/lib/inspection/limits";

const svg = (body: string, attributes = 'viewBox="0 0 24 24"') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`);
const RED_SQUARE = '<rect width="24" height="24" fill="#f00"/>';
const square = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#00f" } });

async function render(bytes: Uint8Array) {
  const outcome = await renderIcon(bytes, INSPECTION_LIMITS);
  if (outcome.kind === "unusable") return outcome.why;
  const { format, width, height, exif, pages } = await sharp(outcome.media.bytes).metadata();
  const { dominant } = await sharp(outcome.media.bytes).stats();
  return { format, size: `${width}x${height}`, exif, pages, red: dominant.r > 200, blue: dominant.b > 200 };
}

const PNG = { format: "png", exif: undefined, pages: undefined };

describe("pictures become PNGs of at most 256 pixels", () => {
  const vectors: [string, Uint8Array, string][] = [
    ["SVG with a small view box", svg(RED_SQUARE), "256x256"],
    ["SVG of 10 pixels", svg(RED_SQUARE, 'width="10" height="10" viewBox="0 0 24 24"'), "256x256"],
    ["SVG of 9,000 pixels", svg(RED_SQUARE, 'width="9000" height="4500" viewBox="0 0 24 12"'), "256x128"],
    [
      "SVG with declaration, comment and doctype",
      Buffer.concat([
        Buffer.from(
          '\uFEFF<?xml version="1.0"?>\n<!-- <html> --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n',
        ),
        svg(RED_SQUARE),
      ]),
      "256x256",
    ],
  ];
  test.each(vectors)("%s", async (_name, bytes, size) => {
    expect(await render(bytes)).toEqual({ ...PNG, size, red: true, blue: false });
  });

  test.each([
    ["a large PNG", () => square(1000, 500).png().toBuffer(), "256x128"],
    ["a small PNG stays small", () => square(32, 32).png().toBuffer(), "32x32"],
    ["JPEG", () => square(300, 600).jpeg().toBuffer(), "128x256"],
    [
      "JPEG with metadata",
      () =>
        square(64, 64)
          .withExif({ IFD0: { Copyright: "x" } })
          .jpeg()
          .toBuffer(),
      "64x64",
    ],
    [
      "JPEG that is turned",
      () => square(100, 50).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      "50x100",
    ],
    ["WebP", () => square(300, 300).webp().toBuffer(), "256x256"],
    ["GIF", () => square(300, 300).gif().toBuffer(), "256x256"],
  ])("%s", async (_name, make, size) => {
    expect(await render(await make())).toEqual({ ...PNG, size, red: false, blue: true });
  });

  test("only the first frame of an animation", async () => {
    const frames = [
      square(20, 20),
      sharp({ create: { width: 20, height: 20, channels: 3, background: "#f00" } }),
    ];
    const inputs = await Promise.all(frames.map((frame) => frame.png().toBuffer()));
    const gif = await sharp(inputs, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    expect(await sharp(gif).metadata()).toMatchObject({ pages: 2 });
    expect(await render(gif)).toEqual({ ...PNG, size: "20x20", red: false, blue: true });
  });

  test("the same bytes always give the same address", async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => renderIcon(svg(RED_SQUARE), INSPECTION_LIMITS)),
    );
    expect(first).toEqual(second);
  });
});

describe("what cannot be drawn is told in words", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /not an SVG/],
    ["HTML", Buffer.from("<html><svg></svg></html>"), /not an SVG/],
    ["text that mentions svg", Buffer.from("see <svg>"), /not an SVG/],
    ["an ICO", Buffer.from("00000100010010100000", "hex"), /ICO/],
    ["a program", Buffer.from("7f454c4602010100", "hex"), /not an SVG/],
    ["a PDF", Buffer.from("%PDF-1.7 "), /not an SVG/],
    ["broken XML", svg("<rect"), /.+/],
    ["a cut PNG", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /.+/],
    ["an SVG with no size", svg(RED_SQUARE, 'width="0" height="0"'), /.+/],
  ])("%s", async (_name, bytes, why) => {
    expect(await render(bytes)).toMatch(why);
  });

  test("a picture with more pixels than the limit", async () => {
    const limits = { ...INSPECTION_LIMITS, iconPixels: 99 };
    const outcome = await renderIcon(await square(10, 10).png().toBuffer(), limits);
    expect(outcome).toEqual({ kind: "unusable", why: expect.stringMatching(/pixel limit/) });
  });

  test("entities that multiply", async () => {
    const levels = Array.from({ length: 30 }, (_, at) => `<!ENTITY e${at + 1} "&e${at};&e${at};">`).join("");
    const bomb = Buffer.concat([
      Buffer.from(`<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e0 "x">${levels}]>`),
      svg("<text>&e30;</text>"),
    ]);
    expect(imageFormatOf(bomb)).toBe("svg");
    expect(await render(bomb)).toBeDefined();
  });
});

test("an SVG sees no file of the server and no address", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gantry-icon-"));
  const secret = join(folder, "secret.png");
  writeFileSync(secret, await square(24, 24).png().toBuffer());
  writeFileSync(join(folder, "secret.svg"), svg('<rect width="24" height="24" fill="#00f"/>'));
  for (const target of [
    `file://${secret}`,
    secret,
    "secret.png",
    `file://${folder}/secret.svg`,
    "http://127.0.0.1:9/",
  ]) {
    const probe = svg(`${RED_SQUARE}<image href="${target}" width="24" height="24"/><use href="${target}#a"/>
      <xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${target}"/><script>while(true){}</script>
      <foreignObject width="24" height="24"><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>`);
    expect(await render(probe)).toMatchObject({ red: true, blue: false });
  }
});
