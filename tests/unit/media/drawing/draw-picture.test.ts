import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { drawPicture } from "@/lib/media/drawing/draw-picture";
import { imageFormatOf } from "@/lib/media/image-format";
import { ICON, SCREENSHOT } from "@/lib/media/picture-shape";

const svg = (body: string, attributes = 'viewBox="0 0 24 24"') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`);
const RED_SQUARE = '<rect width="24" height="24" fill="#f00"/>';
const square = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#00f" } });

async function render(bytes: Uint8Array) {
  const outcome = await drawPicture(bytes, ICON);
  if (outcome.kind !== "drawn") return outcome.why;
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
    const [first, second] = await Promise.all([1, 2].map(() => drawPicture(svg(RED_SQUARE), ICON)));
    expect(first).toEqual(second);
  });
});

describe("what cannot be drawn is told in words", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(0), /it is empty/],
    ["HTML", Buffer.from("<html><svg></svg></html>"), /a web page/],
    ["text that mentions svg", Buffer.from("see <svg>"), /not an SVG/],
    ["an ICO", Buffer.from("00000100010010100000", "hex"), /ICO/],
    ["a program", Buffer.from("7f454c4602010100", "hex"), /not an SVG/],
    ["a PDF", Buffer.from("%PDF-1.7 "), /a PDF file/],
    ["broken XML", svg("<rect"), /.+/],
    ["a cut PNG", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), /.+/],
    ["an SVG with no size", svg(RED_SQUARE, 'width="0" height="0"'), /.+/],
  ])("%s", async (_name, bytes, why) => {
    expect(await render(bytes)).toMatch(why);
  });

  test("a picture with more pixels than the limit", async () => {
    const outcome = await drawPicture(await square(10, 10).png().toBuffer(), { ...ICON, maxPixels: 99 });
    expect(outcome).toEqual({
      kind: "unusable",
      reason: "too_many_pixels",
      why: expect.stringMatching(/pixel limit/),
    });
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

test("a screenshot becomes a WebP of at most 2400 pixels width", async () => {
  const drawn = await drawPicture(await square(3000, 1000).png().toBuffer(), SCREENSHOT);
  expect(drawn).toMatchObject({
    kind: "drawn",
    width: 2400,
    height: 800,
    original: { width: 3000, frames: 1 },
  });
  expect(drawn.kind === "drawn" && drawn.media.contentType).toBe("image/webp");
});

test("a copy that would be too long loses quality, and then is refused", async () => {
  const noise = await sharp({
    create: {
      width: 300,
      height: 300,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 128, sigma: 80 },
    },
  })
    .png()
    .toBuffer();
  const whole = await drawPicture(noise, SCREENSHOT);
  const size = whole.kind === "drawn" ? whole.media.bytes.length : 0;
  const smaller = await drawPicture(noise, { ...SCREENSHOT, copyBytes: size - 1 });
  expect(smaller.kind === "drawn" && smaller.media.bytes.length < size).toBe(true);
  expect(await drawPicture(noise, { ...SCREENSHOT, copyBytes: 99 })).toEqual({
    kind: "unusable",
    reason: "copy_too_large",
    why: "its re-encoded copy would have more than 99 bytes",
  });
});

test("what follows or hides in a picture's bytes is not in the copy", async () => {
  const payload = "<script>alert(1)</script>";
  const gif = await square(20, 20).gif().toBuffer();
  const comment = await square(20, 20)
    .withExif({ IFD0: { ImageDescription: payload } })
    .jpeg()
    .toBuffer();
  const polyglots = [
    Buffer.concat([gif, Buffer.from(payload)]),
    Buffer.concat([await square(20, 20).png().toBuffer(), Buffer.from(payload)]),
    comment,
  ];
  expect(comment.includes(payload)).toBe(true);
  for (const bytes of polyglots) {
    const drawn = await drawPicture(bytes, ICON);
    expect(drawn.kind === "drawn" && Buffer.from(drawn.media.bytes).includes("script")).toBe(false);
  }
});

describe("an SVG that wants more than to be drawn is refused", () => {
  test.each([
    ["<script>while(true){}</script>", /script/],
    ["<svg:script xmlns:svg='http://www.w3.org/2000/svg'/>", /script/],
    ["<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'>x</b></foreignObject>", /foreignObject/],
    ["<rect onload='alert(1)'/>", /event handler/],
    ['<rect\nonclick = "x()"/>', /event handler/],
    ["<image href='file:///etc/passwd'/>", /other files/],
    [
      "<image xlink:href='https://evil.example/x.png' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
      /other files/,
    ],
    ["<image href='secret.png'/>", /other files/],
    ["<image href='data:image/svg+xml,<svg/>'/>", /other files/],
    ["<use href='other.svg#a'/>", /other files/],
    ["<a href='javascript:alert(1)'><rect/></a>", /other files/],
    ["<rect style='fill:url(https://evil.example/x#a)'/>", /other files/],
    ["<style>@import 'https://evil.example/x.css';</style>", /style sheet/],
    ['<style>@font-face{src:url( "//evil.example/f" )}</style>', /other files/],
    [
      "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file:///etc/passwd'/>",
      /includes other files/,
    ],
    ["<iframe/>", /embedded media/],
    ["<use href='#a'/>".repeat(101), /more than 100/],
    ["<g/>".repeat(20_001), /more than 20000 elements/],
  ])("%.60s", async (body, why) => {
    expect(await render(svg(RED_SQUARE + body))).toMatch(why);
  });

  test.each([
    ["a gradient of its own", "<defs><linearGradient id='a'/></defs><rect fill='url(#a)'/><use href='#b'/>"],
    ["an embedded picture", "<image href='data:image/png;base64,iVBORw0KGgo='/>"],
    [
      "metadata of a drawing program",
      "<metadata><cc:license xmlns:cc='c' rdf:resource='http://x' xmlns:rdf='r'/></metadata>",
    ],
    ["a style of its own", "<style>.a{fill:#f00}</style>"],
  ])("but not one with %s", async (_what, body) => {
    expect(await render(svg(body + RED_SQUARE))).toMatchObject({ red: true });
  });

  test("an external entity", async () => {
    const bytes = Buffer.from(
      `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>`,
    );
    expect(await render(bytes)).toMatch(/includes other files/);
  });
});

test.each([
  ["opened elements that never close", "<image ".repeat(140_000)],
  ["references that never close", "url(".repeat(250_000)],
  ["spaces in a reference", `url(${" ".repeat(1_000_000)}`],
  ["spaces after an attribute name", `href${" ".repeat(1_000_000)}`],
  ["quotes before handlers", `"on${"a".repeat(1_000_000)}`],
  ["prefixes", `<${"a.".repeat(500_000)}`],
])("an SVG of a megabyte full of %s is judged at once", async (_what, body) => {
  expect(typeof (await render(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${body}`)))).toBe(
    "string",
  );
});

test("an SVG that names files of the server or addresses is refused", async () => {
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
    const probe = svg(
      `${RED_SQUARE}<image href="${target}" width="24" height="24"/><use href="${target}#a"/>`,
    );
    expect(await render(probe)).toMatch(/other files/);
  }
});
