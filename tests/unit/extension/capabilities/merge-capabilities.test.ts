import { expect, test } from "vitest";
import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { mergeCapabilities } from "@/lib/extension/capabilities/merge-capabilities";
import { anyCapabilities } from "@/tests/builders/capabilities";
import fc from "@/tests/builders/fast-check";

const words = fc.uniqueArray(fc.constantFrom("a", "b", "c"));
const capabilities = anyCapabilities(words);

/** Every single thing that is done, as one set of words. */
function things(one: Capabilities): Set<string> {
  return new Set(
    Object.entries(one).flatMap(([kind, value]) => {
      if (value === null || value === false) return [];
      if (value === true) return [kind];
      if (Array.isArray(value)) return value.map((each) => `${kind} ${each}`);
      return Object.entries(value).flatMap(([os, paths]) => [
        kind,
        ...paths.map((path) => `${kind} ${os} ${path}`),
      ]);
    }),
  );
}

test("merged capabilities are exactly what any of the platforms does", () => {
  fc.assert(
    fc.property(fc.array(capabilities, { minLength: 1, maxLength: 4 }), ([first, ...others]) => {
      if (first === undefined) return;
      const merged = things(mergeCapabilities([first, ...others]));
      expect(merged).toEqual(new Set([first, ...others].flatMap((one) => [...things(one)])));
    }),
  );
});

test("one platform alone is unchanged", () => {
  fc.assert(
    fc.property(capabilities, (one) => {
      expect(mergeCapabilities([one])).toEqual(one);
    }),
  );
});
