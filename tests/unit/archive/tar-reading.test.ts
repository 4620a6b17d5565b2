import { constants, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { LayerBudget } from "@/lib/archive/layer-budget";
import { walkLayer } from "@/lib/inspection/layers/walk-layer";
import { INSPECTION_LIMITS } from "@/lib/inspection/limits";
import fc from "@/tests/builders/fast-check";
import {
  gnuLongName,
  gzipped,
  paxHeader,
  TAR_END,
  type TarPart,
  tarHeader,
  tarOf,
  tarPart,
} from "@/tests/builders/tar-bytes";
import { contentOf, walk } from "@/tests/unit/archive/walk";

const META: TarPart = { name: "metadata.json", content: '{"icon":"a.svg"}' };
const TEXT = '{"icon":"a.svg"}';
const LONG = `${"deep/".repeat(30)}metadata.json`;

describe("a well-formed layer is read whatever wrote it", () => {
  const cases: [string, Uint8Array, string][] = [
    ["ustar", tarOf(META), "metadata.json"],
    ["GNU", tarOf({ ...META, format: "gnu" }), "metadata.json"],
    ["V7", tarOf({ ...META, format: "v7" }), "metadata.json"],
    ["V7 with a NUL type", tarOf({ ...META, format: "v7", type: "\0" }), "metadata.json"],
    ["a leading ./", tarOf({ ...META, name: "./metadata.json" }), "metadata.json"],
    ["a leading /", tarOf({ ...META, name: "/metadata.json" }), "metadata.json"],
    ["odd slashes", tarOf({ ...META, name: "./a/..//metadata.json" }), "metadata.json"],
    ["a ustar prefix", tarOf({ ...META, prefix: "ui/assets" }), "ui/assets/metadata.json"],
    ["a GNU header with times", tarOf({ ...META, format: "gnu", prefix: "00000000001\0" }), "metadata.json"],
    ["a GNU header of old Go writers", tarOf({ ...META, format: "gnu", prefix: "x" }), "x/metadata.json"],
    ["a star prefix", tarOf({ ...META, format: "star", prefix: "ui" }), "ui/metadata.json"],
    ["a PAX path", tarOf(paxHeader({ path: LONG }), META), LONG],
    [
      "a PAX size",
      tarOf(paxHeader({ size: "16" }), { ...META, sizeField: "00000000000\0" }),
      "metadata.json",
    ],
    ["an empty PAX path", tarOf(paxHeader({ path: "", mtime: "1.5" }), META), "metadata.json"],
    ["a GNU long name", tarOf(gnuLongName(LONG), { ...META, name: "short" }), LONG],
    ["a GNU long name over a PAX path", tarOf(paxHeader({ path: "x" }), gnuLongName(LONG), META), LONG],
    ["a global PAX header", tarOf({ ...paxHeader({ path: "elsewhere" }), type: "g" }, META), "metadata.json"],
    [
      "a base-256 size",
      tarOf({ ...META, sizeField: Buffer.from("80000000000000000000" + "0010", "hex") }),
      "metadata.json",
    ],
    ["a size with spaces", tarOf({ ...META, sizeField: "         20 " }), "metadata.json"],
    ["one zero block at the end", Buffer.concat([tarPart(META), new Uint8Array(512)]), "metadata.json"],
    ["no end marker", tarPart(META), "metadata.json"],
    ["no padding at the end", tarPart(META).subarray(0, 512 + TEXT.length), "metadata.json"],
    ["cut off in padding", tarPart(META).subarray(0, 700), "metadata.json"],
    ["record padding", Buffer.concat([tarOf(META), new Uint8Array(9000)]), "metadata.json"],
  ];
  test.each(cases)("%s", async (_name, bytes, path) => {
    expect(await contentOf(bytes, path)).toBe(TEXT);
    expect(await contentOf(gzipped(bytes), path)).toBe(TEXT);
    expect(await contentOf(bytes, path, { chunkBytes: 7 })).toBe(TEXT);
  });

  test("several gzip members are one stream", async () => {
    const bytes = tarOf(META);
    const members = Buffer.concat([
      gzipped(bytes.subarray(0, 700)),
      gzipped(bytes.subarray(700)),
      gzipped(Buffer.alloc(0)),
    ]);
    expect(await contentOf(members, "metadata.json", { chunkBytes: 11 })).toBe(TEXT);
  });

  test("so are ten thousand, most of them empty", async () => {
    const bytes = Buffer.from(tarOf(META));
    const empty = gzipped(Buffer.alloc(0));
    const members = Array.from({ length: 10_000 }, (_, at) =>
      at % 5 === 0 && at / 5 < bytes.length ? gzipped(bytes.subarray(at / 5, at / 5 + 1)) : empty,
    );
    const rest = gzipped(bytes.subarray(2_000));
    expect(await contentOf(Buffer.concat([...members, rest]), "metadata.json")).toBe(TEXT);
  });

  test("an extended header is for one entry only", async () => {
    const bytes = tarOf(paxHeader({ path: "a" }), { name: "x", content: "1" }, { name: "b", content: "2" });
    expect([await contentOf(bytes, "a"), await contentOf(bytes, "b")]).toEqual(["1", "2"]);
    const long = tarOf(gnuLongName("c"), { name: "x", content: "1" }, { name: "d", content: "2" });
    expect([await contentOf(long, "c"), await contentOf(long, "d")]).toEqual(["1", "2"]);
  });

  test("an empty layer holds nothing", async () => {
    expect(await contentOf(gzipped(TAR_END), "metadata.json")).toBe("nothing");
    expect(await contentOf(gzipped(new Uint8Array(0)), "metadata.json")).toBe("nothing");
  });

  test("the size field of a link or folder is not content", async () => {
    const link = tarHeader({ name: "link", type: "2", linkName: "x" }, 512);
    expect(await contentOf(tarOf(link, META), "metadata.json")).toBe(TEXT);
  });
});

describe("a broken layer is malformed, never half read", () => {
  const whole = tarOf(META);
  const cases: [string, Uint8Array, RegExp][] = [
    ["wrong checksum", tarOf({ ...META, checksumError: 1 }), /checksum/],
    ["cut off in a header", whole.subarray(0, 300), /truncated in a header/],
    ["cut off in a file", whole.subarray(0, 520), /truncated in a file/],
    ["bytes after the end", Buffer.concat([whole, Buffer.from("x")]), /archive has trailing data/],
    ["an archive after the end", Buffer.concat([whole, tarOf(META)]), /archive has trailing data/],
    ["an archive after a lone zero block", Buffer.concat([new Uint8Array(512), whole]), /trailing data/],
    ["a negative size", tarOf({ ...META, sizeField: Buffer.alloc(12, 0xff) }), /negative/],
    ["a size of words", tarOf({ ...META, sizeField: "large       " }), /invalid number/],
    ["a size of 8 GiB", tarOf({ ...META, sizeField: "77777777777\0" }), /truncated in a file/],
    [
      "a size beyond 2^53",
      tarOf({ ...META, sizeField: Buffer.from("80ffffffffffffffffffffff", "hex") }),
      /too large/,
    ],
    ["GNU sparse", tarOf({ ...META, type: "S" }), /sparse/],
    ["a PAX record without a length", tarOf({ ...paxHeader({}), content: "x path=y\n" }, META), /extended/],
    ["a PAX record that is too long", tarOf({ ...paxHeader({}), content: "99 path=y\n" }, META), /extended/],
    ["a PAX path with a NUL", tarOf(paxHeader({ path: "metadata.json\0.txt" }), META), /extended/],
    ["a PAX size of words", tarOf(paxHeader({ size: "-1" }), META), /size/],
    [
      "an extended header of 2 MiB",
      tarOf({ ...paxHeader({}), content: Buffer.alloc(2 ** 21) }, META),
      /1 MiB/,
    ],
    ["a path of 5,000 characters", tarOf(gnuLongName("a/".repeat(2500)), META), /4096/],
    ["a path of 300 segments", tarOf(gnuLongName("a/".repeat(300)), META), /segments/],
    ["a file name of 300 characters", tarOf(gnuLongName("a".repeat(300)), META), /255/],
    ["text", Buffer.from("not an archive, but long enough to be one block ".repeat(20)), /checksum|number/],
    ["nothing", new Uint8Array(0), /empty/],
  ];
  test.each(cases)("%s", async (_name, bytes, reason) => {
    expect(await walk(bytes)).toEqual({ kind: "malformed", reason: expect.stringMatching(reason) });
  });

  const gz = gzipped(whole);
  const wrongCrc = Buffer.from(gz);
  wrongCrc.writeUInt32LE(0, gz.length - 8);
  const gzipCases: [string, Uint8Array, RegExp][] = [
    ["wrong CRC", wrongCrc, /gzip/],
    ["cut off", gz.subarray(0, gz.length - 20), /gzip/],
    ["only the magic", gz.subarray(0, 2), /gzip/],
    ["bytes after it", Buffer.concat([gz, Buffer.from("garbage")]), /gzip/],
    ["zeros after it", Buffer.concat([gz, Buffer.alloc(100_000)]), /gzip stream has trailing data/],
    ["noise", Buffer.concat([gz.subarray(0, 12), Buffer.alloc(200, 0xaa)]), /gzip/],
  ];
  test.each(gzipCases)("gzip: %s", async (_name, bytes, reason) => {
    for (const chunkBytes of [5, 1 << 20]) {
      expect(await walk(bytes, { chunkBytes })).toEqual({
        kind: "malformed",
        reason: expect.stringMatching(reason),
      });
    }
  });

  test("no bytes at all make the reader throw or hang", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 600 }),
        fc.nat(1500),
        fc.boolean(),
        async (noise, at, packed) => {
          const bytes = Buffer.from(tarOf(META, { ...META, name: "b" }));
          bytes.set(noise.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
          const walked = await walk(packed ? gzipped(bytes) : bytes);
          expect(["read", "malformed", "unsupported"]).toContain(walked.kind);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("limits and unknown compressions are ours, never the layer's fault", () => {
  test("a gzip bomb stops at the inflated limit", async () => {
    const bomb = gzipSync(Buffer.alloc(8 * 2 ** 20), { level: constants.Z_BEST_COMPRESSION });
    const walked = await walk(bomb, { limits: { inflatedBytes: 2 ** 20 } });
    expect(walked).toEqual({ kind: "over_limit", reason: expect.stringContaining("1048576 bytes") });
  });

  test("ten thousand gzip members stop where one would", async () => {
    const member = gzipSync(Buffer.alloc(64 * 1024));
    const members = Buffer.concat(new Array(10_000).fill(member));
    const walked = await walk(members, { limits: { inflatedBytes: 2 ** 20 } });
    expect(walked).toEqual({ kind: "over_limit", reason: expect.stringContaining("1048576 bytes") });
  });

  test("the inflated limit is exact", async () => {
    const bytes = tarOf(META);
    expect((await walk(bytes, { limits: { inflatedBytes: bytes.length } })).kind).toBe("read");
    expect((await walk(bytes, { limits: { inflatedBytes: bytes.length - 1 } })).kind).toBe("over_limit");
  });

  test("the entry limit counts implied folders and is exact", async () => {
    const bytes = tarOf({ name: "a/b/c" }, { name: "a/b/d" });
    expect((await walk(bytes, { limits: { layerEntries: 4 } })).kind).toBe("read");
    expect((await walk(bytes, { limits: { layerEntries: 3 } })).kind).toBe("over_limit");
  });

  test.each([
    ["xz", "fd377a585a00"],
    ["bzip2", "425a68393141"],
  ])("%s is named", async (name, hex) => {
    expect(await walk(Buffer.from(hex, "hex"))).toEqual({
      kind: "unsupported",
      compression: name,
      reason: expect.stringContaining(name),
    });
  });
});

describe("the transfer", () => {
  test.each([
    ["at a limit", gzipped(tarOf({ ...META, content: "x".repeat(100_000) })), { inflatedBytes: 1000 }],
    ["at an unknown compression", Buffer.from("fd377a585a000000", "hex"), {}],
  ])("is closed %s", async (_name, bytes, limits) => {
    let closed = false;
    async function* endless() {
      try {
        yield bytes;
        for (;;) yield new Uint8Array(1024);
      } finally {
        closed = true;
      }
    }
    const budget = new LayerBudget({ ...INSPECTION_LIMITS, ...limits }, () => 0);
    const walked = await walkLayer({ source: endless(), budget, wanted: () => true });
    expect(walked.kind).toMatch(/over_limit|unsupported/);
    expect(closed).toBe(true);
  });

  test("an error of the source is thrown as it is, also after the archive was found broken", async () => {
    const failing = async function* (bytes: Uint8Array) {
      yield bytes;
      throw new Error("digest mismatch");
    };
    const budget = () => new LayerBudget(INSPECTION_LIMITS, () => 0);
    for (const bytes of [tarOf(META), tarOf({ ...META, checksumError: 1 }), gzipped(tarOf(META))]) {
      const walking = walkLayer({ source: failing(bytes), budget: budget(), wanted: () => true });
      await expect(walking).rejects.toThrow("digest mismatch");
    }
  });
});
