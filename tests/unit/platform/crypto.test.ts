import { expect, test } from "vitest";
import { randomText, sha256Hex } from "@/lib/platform/crypto";

test.each([
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
])("sha256 of %j is the published one, as text and as bytes", (text, hex) => {
  expect(sha256Hex(text)).toBe(hex);
  expect(sha256Hex(new TextEncoder().encode(text))).toBe(hex);
});

test.each([1, 9, 16, 20, 32])(
  "random text of %i bytes is URL-safe, as long as it says, and never twice",
  (bytes) => {
    const texts = Array.from({ length: 500 }, () => randomText(bytes));
    for (const text of texts) {
      expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(Buffer.from(text, "base64url")).toHaveLength(bytes);
    }
    if (bytes >= 9) expect(new Set(texts).size).toBe(texts.length);
  },
);
