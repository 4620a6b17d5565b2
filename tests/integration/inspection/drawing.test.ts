import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { createDrawing } from "@/lib/inspection/media/drawing";
import { ICON } from "@/lib/inspection/media/picture-shape";

const drawing = createDrawing({ processes: 1, limits: { pictureMs: 1_500, startMs: 60_000 } });
afterAll(() => drawing.close());

const png = () =>
  sharp({ create: { width: 20, height: 20, channels: 3, background: "#00f" } })
    .png()
    .toBuffer();

/** Within every limit of size, and hours of work. */
const ENDLESS = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><filter id="f">${'<feMorphology radius="1000"/>'.repeat(50)}</filter>${'<rect width="24" height="24" filter="url(#f)"/>'.repeat(10_000)}</svg>`,
);

test("a picture is drawn in another process as it would be here", async () => {
  const drawn = await drawing.draw(await png(), ICON);
  expect(drawn).toMatchObject({ kind: "drawn", width: 20, height: 20 });
  expect(drawn.kind === "drawn" && (await sharp(drawn.media.bytes).metadata()).format).toBe("png");
});

test("a picture that takes for ever is ended, and the next one is drawn", async () => {
  const [endless, next] = await Promise.all([
    drawing.draw(ENDLESS, ICON),
    png().then((bytes) => drawing.draw(bytes, ICON)),
  ]);
  expect(endless).toEqual({ kind: "not_checked", why: "drawing it took too long" });
  expect(next).toMatchObject({ kind: "drawn" });
});

test("a picture that ends the process is the outcome of this picture only", async () => {
  const program = new URL("../../support/crashing-drawing.ts", import.meta.url);
  const crashing = createDrawing({ program });
  expect(await crashing.draw(await png(), ICON)).toEqual({
    kind: "not_checked",
    why: "it made the drawing library crash",
  });
  expect(await drawing.draw(await png(), ICON)).toMatchObject({ kind: "drawn" });
});
