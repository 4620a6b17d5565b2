import { expect, test } from "vitest";
import { matchesEtag } from "@/lib/api/answers/conditional";

const ETAG = '"abc"';

test.each([
  [undefined, false],
  ["", false],
  ['"abc"', true],
  ['W/"abc"', true],
  [' "abc" ', true],
  ["*", true],
  [" * ", true],
  ['"x", "abc"', true],
  ['"x","y",W/"abc"', true],
  ['"a,b", "abc"', true],
  ['"abcd"', false],
  ['"ab"', false],
  ['"ABC"', false],
  ["abc", false],
  ['"x", "y"', false],
  ['"*"', false],
  ['"abc', false],
])("If-None-Match %j matches: %s", (header, expected) => {
  expect(matchesEtag(header, ETAG)).toBe(expected);
});

test("a weak tag of ours is matched by its strong form", () => {
  expect(matchesEtag('"abc"', 'W/"abc"')).toBe(true);
});

test("a header of many open quotes is read in linear time", () => {
  expect(matchesEtag('"'.repeat(100_000), ETAG)).toBe(false);
  expect(matchesEtag(`W/${'"a'.repeat(50_000)}`, ETAG)).toBe(false);
});
