import { expect, test } from "vitest";
import { createSealer } from "@/lib/platform/sealing";

const SECRET = "a secret that is long enough for the tests";
const OTHER = "another secret that is long enough for tests";
const sealer = createSealer([SECRET], "tests");

test.each(["hunter2", "", "ü\n😀", "x".repeat(16_384)])("what is sealed can be opened", (text) => {
  expect(sealer.open(sealer.seal(text, "here"), "here")).toBe(text);
});

test("the same text is never sealed alike, and its seal does not show it", () => {
  const [one, two] = [sealer.seal("hunter2", ""), sealer.seal("hunter2", "")];
  expect(one).not.toBe(two);
  expect(Buffer.from(one.split(".")[2] ?? "", "base64url").toString("latin1")).not.toContain("hunter2");
});

test("it opens only in its context, with its key, for its purpose, and unchanged", () => {
  const sealed = sealer.seal("hunter2", "ghcr.io");
  expect(sealer.open(sealed, "evil.example")).toBeUndefined();
  expect(createSealer([OTHER], "tests").open(sealed, "ghcr.io")).toBeUndefined();
  expect(createSealer([SECRET], "other").open(sealed, "ghcr.io")).toBeUndefined();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
    // The last character can carry bits that the decoding drops.
    if (at < sealed.length - 1) expect(sealer.open(changed, "ghcr.io")).toBeUndefined();
  }
  for (const text of [
    "",
    "v1",
    "v1..",
    `v1.${sealer.keyId}.AAAA`,
    sealed.slice(0, -8),
    `v2${sealed.slice(2)}`,
  ])
    expect(sealer.open(text, "ghcr.io")).toBeUndefined();
});

test("after a rotation, the new key seals and the old one still opens", () => {
  const rotated = createSealer([OTHER, SECRET], "tests");
  expect(rotated.open(sealer.seal("hunter2", ""), "")).toBe("hunter2");
  expect(rotated.keyId).not.toBe(sealer.keyId);
  expect(sealer.open(rotated.seal("hunter2", ""), "")).toBeUndefined();
});
