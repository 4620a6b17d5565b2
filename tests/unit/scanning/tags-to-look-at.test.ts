import { expect, test } from "vitest";
import { NEWEST, TURNS, tagsToLookAt } from "@/lib/scanning/tags/tags-to-look-at";
import fc from "@/tests/builders/fast-check";

const tagsOf = (count: number) => Array.from({ length: count }, (_, at) => `${count - at}.0.0`);
const known = (tags: readonly string[]) => new Map(tags.map((tag) => [tag, "sha256:…"]));
const rounds = Array.from({ length: TURNS }, (_, round) => round);

test("few tags are all looked at, every time", () => {
  const tags = tagsOf(NEWEST);
  for (const round of rounds) expect(tagsToLookAt(tags, known(tags), round).size).toBe(NEWEST);
});

test("new tags and the newest are looked at every time, and every tag within the turns", () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), fc.nat(1_000_000), (old, fresh, start) => {
      const tags = tagsOf(old + fresh);
      const before = known(tags.slice(fresh));
      const looked = rounds.map((round) => tagsToLookAt(tags, before, start + round));
      const always = tags.slice(0, fresh + NEWEST);
      for (const each of looked) expect(always.every((tag) => each.has(tag))).toBe(true);
      expect(new Set(looked.flatMap((each) => [...each])).size).toBe(tags.length);
    }),
    { numRuns: 50 },
  );
});

test("of a thousand known tags less than a fifth is looked at", () => {
  const tags = tagsOf(1000);
  for (const round of rounds) expect(tagsToLookAt(tags, known(tags), round).size).toBeLessThan(200);
});
