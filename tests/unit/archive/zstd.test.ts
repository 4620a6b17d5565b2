import { describe, expect, test } from "vitest";
import { LayerProblemError } from "@/lib/archive/layer-problem";
import { inflateWithFzstd, inflateZstd, nativeFrames } from "@/lib/archive/zstd";
import fc from "@/tests/builders/fast-check";
import { tarOf } from "@/tests/builders/tar-bytes";
import {
  blockHeader,
  skippableFrame,
  ZSTD_FAR_BACK,
  ZSTD_OF_BLOCKS,
  ZSTD_WITH_CHECKSUM,
  zstdBomb,
  zstdFrame,
} from "@/tests/builders/zstd-bytes";
import { contentOf, inChunks, walk } from "@/tests/unit/archive/walk";

const native = nativeFrames();
/** Node's own decoder is there from 22.15 on; both must say the same. */
const DECODERS = [["fzstd", inflateWithFzstd] as const, ...(native ? [["Node", native] as const] : [])];

describe.each(DECODERS)("%s", (_name, decoder) => {
  async function inflate(bytes: Uint8Array, chunkBytes = 64 * 1024): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of inflateZstd(inChunks(bytes, chunkBytes), decoder)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async function problemOf(bytes: Uint8Array): Promise<string> {
    try {
      return `${(await inflate(bytes)).length} bytes`;
    } catch (error) {
      if (!(error instanceof LayerProblemError)) throw error;
      return `${error.problem.kind}: ${error.problem.reason}`;
    }
  }

  const text = (content: string) => Buffer.from(content);

  test.each([
    ["one frame", zstdFrame(text("one")), "one"],
    ["an empty frame", zstdFrame(text("")), ""],
    ["several frames", Buffer.concat([zstdFrame(text("one")), zstdFrame(text("two"))]), "onetwo"],
    ["a window descriptor", zstdFrame(text("one"), { windowLog: 20 }), "one"],
    ["a window of 8 MiB", zstdFrame(text("one"), { windowLog: 23 }), "one"],
    ["a window of 1 TiB that is not used", zstdFrame(text("one"), { windowLog: 40 }), "one"],
    ["many blocks", zstdFrame(text("one two three"), { blockBytes: 2, windowLog: 10 }), "one two three"],
    [
      "skippable frames around it",
      Buffer.concat([skippableFrame(text("x")), zstdFrame(text("one")), skippableFrame(text("y"))]),
      "one",
    ],
    ["a real one with a checksum", ZSTD_WITH_CHECKSUM.bytes, ZSTD_WITH_CHECKSUM.text],
    ["a real one of many blocks", ZSTD_OF_BLOCKS.bytes, ZSTD_OF_BLOCKS.text],
    [
      "real ones one after the other",
      Buffer.concat([ZSTD_OF_BLOCKS.bytes, skippableFrame(text("?")), ZSTD_WITH_CHECKSUM.bytes]),
      ZSTD_OF_BLOCKS.text + ZSTD_WITH_CHECKSUM.text,
    ],
  ])("%s", async (_case, bytes, expected) => {
    for (const chunkBytes of [1, 7, 1 << 20]) {
      expect((await inflate(bytes, chunkBytes)).toString() === expected).toBe(true);
    }
  });

  const real = ZSTD_OF_BLOCKS.bytes;
  test.each([
    ["cut off in the magic", zstdFrame(text("one")).subarray(0, 3), /^malformed: .* trailing data/],
    ["cut off in the header", zstdFrame(text("one")).subarray(0, 8), /^malformed: .* truncated/],
    ["cut off in a block", zstdFrame(text("one")).subarray(0, -1), /^malformed: .* truncated/],
    ["cut off in the checksum", ZSTD_WITH_CHECKSUM.bytes.subarray(0, -1), /^malformed: .* truncated/],
    ["cut off in a skippable frame", skippableFrame(text("one")).subarray(0, -1), /^malformed: .* truncated/],
    [
      "other bytes after it",
      Buffer.concat([zstdFrame(text("one")), text("more")]),
      /^malformed: .* trailing data/,
    ],
    ["a wrong length", zstdFrame(text("one"), { contentBytes: 2 }), /^malformed: /],
    ["a dictionary", zstdFrame(text("one"), { dictionary: 7 }), /^malformed: .* dictionary/],
    [
      "an unknown block",
      Buffer.concat([zstdFrame(text("")).subarray(0, -3), blockHeader(true, 3, 0)]),
      /^malformed: .* unknown type/,
    ],
    ["a block of noise", Buffer.concat([real.subarray(0, 30), Buffer.alloc(131, 0xee)]), /^malformed: /],
    [
      "one segment of 2^62 bytes",
      zstdFrame(text("one"), { contentBytes: 2 ** 62 }),
      /^(?:malformed|over_limit): /,
    ],
    ["a match further back than 8 MiB", ZSTD_FAR_BACK, /^over_limit: .* window of 16777216 bytes/],
  ])("%s is told apart", async (_case, bytes, expected) => {
    expect(await problemOf(bytes)).toMatch(expected);
  });

  test("no bytes make it throw anything else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(ZSTD_WITH_CHECKSUM.bytes, real, zstdFrame(text("one"))),
        fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (bytes, changes) => {
          const changed = Buffer.from(bytes);
          for (const [at, value] of changes) changed[at % changed.length] = value;
          expect(await problemOf(changed)).toMatch(/^(?:malformed|over_limit|\d+ bytes)/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("a layer in zstd is a layer", async () => {
  const archive = tarOf({ name: "metadata.json", content: "{}" });
  const half = archive.length >> 1;
  const bytes = Buffer.concat([zstdFrame(archive.subarray(0, half)), zstdFrame(archive.subarray(half))]);
  expect(await contentOf(bytes, "metadata.json")).toBe("{}");
  expect(await contentOf(Buffer.concat([skippableFrame(archive), bytes]), "metadata.json")).toBe("{}");
});

test("a zstd bomb stops at the inflated limit", async () => {
  const bomb = zstdBomb(8192);
  expect(bomb.length).toBeLessThan(40_000);
  expect(await walk(bomb, { limits: { inflatedBytes: 2 ** 20 } })).toMatchObject({ kind: "over_limit" });
});
