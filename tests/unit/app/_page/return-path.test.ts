import { expect, test } from "vitest";
import { returnPath } from "@/app/_page/return-path";
import fc from "@/tests/builders/fast-check";

test.each([
  ["/account", "/account"],
  ["/a/b?c=d&e=%2F#f", "/a/b?c=d&e=%2F#f"],
  ["/", "/"],
])("%j is kept", (next, path) => {
  expect(returnPath(next)).toBe(path);
});

test.each([
  [undefined],
  [""],
  ["account"],
  ["//evil.example"],
  ["/\\evil.example"],
  ["/\t/evil.example"],
  ["/\n/evil.example"],
  ["/.//evil.example"],
  ["/..//evil.example"],
  ["/x/..//evil.example"],
  ["https://evil.example"],
  ["javascript:alert(1)"],
  ["/@evil.example\\x"],
  ["\\\\evil.example"],
  [" /account"],
])("%j leads home", (next) => {
  expect(returnPath(next)).toBe("/");
});

test("the browser stays on this site for any input", () => {
  const site = "https://gantry.example";
  const parts = fc.constantFrom("/", "/", ".", "..", "\\", "@", "%2f", "evil.example");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(parts).map((all) => `/${all.join("")}`),
      ),
      (next) => {
        expect(new URL(returnPath(next), site).origin).toBe(site);
      },
    ),
    { numRuns: 2_000 },
  );
});
