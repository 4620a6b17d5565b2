import { expect, test } from "vitest";
import type { DrawnPicture } from "@/lib/media/drawing/draw-picture";
import type { Drawing } from "@/lib/media/drawing/drawing-port";
import { rememberedDrawing } from "@/lib/media/drawing/remembered-drawing";
import { ICON, SCREENSHOT } from "@/lib/media/picture-shape";

const COPY_BYTES = 1_000;

/** Draws after a turn; says what was drawn, in order. A text that begins with `bad` is unusable, with `lost` an error. */
function countingDrawing() {
  const drawn: string[] = [];
  const drawing: Drawing = {
    async draw(bytes): Promise<DrawnPicture> {
      const text = Buffer.from(bytes).toString("utf8");
      drawn.push(text);
      await Promise.resolve();
      if (text.startsWith("lost")) throw new Error("no process");
      if (text.startsWith("bad"))
        return { kind: "unusable", reason: "damaged", why: "drawing it takes too long" };
      const media = { sha256: text, contentType: "image/png", bytes: new Uint8Array(COPY_BYTES) } as const;
      return { kind: "drawn", media, width: 1, height: 1, original: { width: 1, frames: 1 } };
    },
    close: () => drawn.push("closed"),
  };
  return { drawn, drawing };
}

const bytes = (text: string) => Buffer.from(text);

test("the same bytes in the same shape are drawn once, also at the same time", async () => {
  const { drawn, drawing } = countingDrawing();
  const remembered = rememberedDrawing(drawing);
  const [first, second] = await Promise.all([
    remembered.draw(bytes("a"), ICON),
    remembered.draw(bytes("a"), ICON),
  ]);
  expect(second).toEqual(first);
  expect(await remembered.draw(bytes("a"), { ...ICON })).toEqual(first);
  expect(drawn).toEqual(["a"]);
  await remembered.draw(bytes("a"), SCREENSHOT);
  await remembered.draw(bytes("b"), ICON);
  expect(drawn).toEqual(["a", "a", "b"]);
});

test("what failed is tried again", async () => {
  const { drawn, drawing } = countingDrawing();
  const remembered = rememberedDrawing(drawing);
  for (const _ of [1, 2])
    expect(await remembered.draw(bytes("bad"), ICON)).toMatchObject({ kind: "unusable" });
  for (const _ of [1, 2]) await expect(remembered.draw(bytes("lost"), ICON)).rejects.toThrow("no process");
  expect(drawn).toEqual(["bad", "bad", "lost", "lost"]);
});

test("its memory is bounded, and the oldest goes first", async () => {
  const { drawn, drawing } = countingDrawing();
  const remembered = rememberedDrawing(drawing, 3.5 * COPY_BYTES);
  for (const text of ["a", "b", "c", "c", "b", "a"]) await remembered.draw(bytes(text), ICON);
  expect(drawn).toEqual(["a", "b", "c", "a"]);
});

test("closing it closes what draws", () => {
  const { drawn, drawing } = countingDrawing();
  rememberedDrawing(drawing).close();
  expect(drawn).toEqual(["closed"]);
});
