import { expect, test } from "vitest";
import { isStorable, storableJson, storableText } from "@/lib/platform/storable";
import fc from "@/tests/builders/fast-check";

test.each([
  ["a\0b", "a\ufffdb"],
  ["\ud800", "\ufffd"],
  ["\udc00\ud800", "\ufffd\ufffd"],
  ["\ud83d\ude00", "\ud83d\ude00"],
  ["\ud83d\ud83d\ude00\ude00", "\ufffd\ud83d\ude00\ufffd"],
  ["plain, ü, 漢字\n", "plain, ü, 漢字\n"],
])("%j becomes %j", (text, expected) => {
  expect(storableText(text)).toBe(expected);
  expect(isStorable(text)).toBe(text === expected);
  expect(storableJson({ [text]: [text] })).toEqual({ [expected]: [expected] });
});

test("what comes out survives UTF-8 and never changes again", () => {
  const halves = fc.string({
    unit: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\ud800", "\udfff", "\0")),
  });
  fc.assert(
    fc.property(halves, (text) => {
      const stored = storableText(text);
      expect(Buffer.from(stored).toString()).toBe(stored);
      expect(storableText(stored)).toBe(stored);
      expect(stored).not.toContain("\0");
    }),
  );
});
