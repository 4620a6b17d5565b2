import { expect, test } from "vitest";
import { isOutdated, newestRelease } from "@/lib/extension/desktop/release-age";
import { release } from "@/tests/builders/desktop-releases";

const NOW = new Date("2026-11-30T12:00:00Z");
const dated = (version: string, releasedOn: string | null) => ({
  ...release(version, "0.4.2", "inferred"),
  releasedOn,
});

test("the newest release is the one with the latest date that has passed", () => {
  const releases = [
    dated("4.90.0", "2026-09-07"),
    dated("4.91.0", "2026-09-14"),
    dated("4.32.1", "2025-01-09"),
  ];
  const withMistakes = [
    ...releases,
    dated("4.99.0", "2126-09-14"),
    dated("5.0.0", null),
    dated("5.1.0", "soon"),
  ];
  expect(newestRelease(withMistakes, NOW)).toEqual({
    version: "4.91.0",
    releasedOn: "2026-09-14",
    ageDays: 77,
  });
  expect(newestRelease([dated("4.90.0", null)], NOW)).toBeUndefined();
  expect(newestRelease([], NOW)).toBeUndefined();
});

test.each([
  ["2026-08-02", 120, false],
  ["2026-08-01", 121, true],
])("a newest release of %s is %i days old: outdated %s", (releasedOn, ageDays, outdated) => {
  const newest = newestRelease([dated("4.91.0", releasedOn)], NOW);
  expect(newest?.ageDays).toBe(ageDays);
  expect(newest && isOutdated(newest)).toBe(outdated);
});
