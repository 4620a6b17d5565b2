import { expect, test } from "vitest";
import { isDigest, parseDigest } from "@/lib/extension/reference/digest";

const SHA256 = `sha256:${"0123456789abcdef".repeat(4)}`;
const SHA512 = `sha512:${"a".repeat(128)}`;

test.each([SHA256, SHA512])("%s is a digest", (text) => {
  expect(parseDigest(text)).toBe(text);
  expect(isDigest(text)).toBe(true);
});

test.each([
  "",
  "sha256:",
  "a".repeat(64),
  `sha256:${"a".repeat(63)}`,
  `sha256:${"a".repeat(65)}`,
  `sha512:${"a".repeat(64)}`,
  `sha256:${"A".repeat(64)}`,
  `SHA256:${"a".repeat(64)}`,
  `md5:${"a".repeat(32)}`,
  "sha256:../../x",
  `${SHA256}\n`,
  ` ${SHA256}`,
  `${SHA256} `,
])("%j is none", (text) => {
  expect(parseDigest(text)).toBeUndefined();
});
