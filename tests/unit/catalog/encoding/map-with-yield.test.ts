import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { mapWithYield } from "@/lib/catalog/encoding/map-with-yield";
import { SlowDocuments } from "@/lib/catalog/encoding/slow-documents";
import { storedJson, storedPieces } from "@/lib/catalog/encoding/stored-document";
import fc from "@/tests/builders/fast-check";

test("work on many things lets other work in between", async () => {
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  const items = Array.from({ length: 40 }, (_none, index) => index);
  const made = await mapWithYield(items, (item) => {
    const end = performance.now() + 2;
    while (performance.now() < end);
    return item * 2;
  });
  clearInterval(counting);
  expect(made).toEqual(items.map((item) => item * 2));
  expect(turns).toBeGreaterThan(2);
});

test("a document in pieces is the one of the whole text, with ETags of its very bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "grapheme" })), async (items) => {
      const text = JSON.stringify(items);
      const pieces = [...text].map((letter) => letter);
      const made = await storedPieces("application/json", pieces);
      expect(made.identity).toEqual(storedJson(items).identity);
      if (made.gzip === undefined) return;
      expect(gunzipSync(made.gzip.bytes).toString("utf8")).toBe(text);
      const hash = createHash("sha256").update(made.gzip.bytes).digest("base64url");
      expect(made.gzip.etag).toBe(`"${hash.slice(0, 27)}"`);
    }),
  );
});

test("callers that ask while a document is being built share it, and a failure is not kept", async () => {
  const slowDocuments = new SlowDocuments(1_000_000);
  let made = 0;
  const make = async () => {
    made += 1;
    if (made === 1) throw new Error("failed");
    return storedJson(made);
  };
  const failed = await Promise.allSettled([slowDocuments.run("a", make), slowDocuments.run("a", make)]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const [first, second] = await Promise.all([slowDocuments.run("a", make), slowDocuments.run("a", make)]);
  expect(first).toBe(second);
  expect(made).toBe(2);
});
