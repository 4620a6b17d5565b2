import { expect, test, vi } from "vitest";
import { createMediaCache } from "@/lib/catalog/encoding/media-cache";
import type { Database } from "@/lib/platform/db/database";

const TURN = async () => ({ key: "network" });

/** A database with one picture, which counts its queries. */
function bench() {
  let nowMs = 0;
  const findUnique = vi.fn(async ({ where }: { where: { sha256: string } }) =>
    where.sha256 === "known"
      ? { sha256: "known", contentType: "image/png", bytes: new Uint8Array([1]) }
      : null,
  );
  const db = { prisma: { media: { findUnique } } } as unknown as Database;
  const cache = createMediaCache(db, () => nowMs);
  return { cache, findUnique, advance: (ms: number) => (nowMs += ms) };
}

test("a hash that the database does not know is not asked for again for a while", async () => {
  const { cache, findUnique, advance } = bench();
  for (let count = 0; count < 50; count += 1) expect(await cache.find("unknown", TURN)).toBeUndefined();
  expect(findUnique).toHaveBeenCalledTimes(1);
  advance(10_001);
  await cache.find("unknown", TURN);
  expect(findUnique).toHaveBeenCalledTimes(2);
});

test("a picture is read once, even when many ask for it at the same time", async () => {
  const { cache, findUnique } = bench();
  const found = await Promise.all(Array.from({ length: 20 }, () => cache.find("known", TURN)));
  expect(found.every((media) => media?.contentType === "image/png")).toBe(true);
  expect(findUnique.mock.calls.length).toBeLessThanOrEqual(2);
});

test("a flood of made-up hashes from many networks is refused beyond a bound, and a known picture is still served", async () => {
  const { cache, findUnique } = bench();
  await cache.find("known", TURN);
  const flood = await Promise.allSettled(
    Array.from({ length: 1_000 }, (_, index) =>
      cache.find(`${index}`, async () => ({ key: `network-${index}` })),
    ),
  );
  expect(flood.filter(({ status }) => status === "rejected").length).toBeGreaterThan(800);
  expect(findUnique.mock.calls.length).toBeLessThan(200);
  expect(await cache.find("known", TURN)).toBeDefined();
});
