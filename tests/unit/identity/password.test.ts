import { expect, test } from "vitest";
import { checkPassword, hashPassword, verifyPassword } from "@/lib/identity/password";

const ADA = { email: "ada.lovelace@example.org", name: "Ada King Lovelace" };

test.each([
  ["11 characters", "a1b2c3d4e5f"],
  ["257 characters", "ab".repeat(129).slice(0, 257)],
  ["the email address", "Ada.Lovelace@Example.org"],
  ["the name", " ada king LOVELACE "],
  ["one character repeated", "aaaaaaaaaaaaaaaa"],
])("refused: %s", (_what, password) => {
  expect(() => checkPassword(password, ADA)).toThrow(
    expect.objectContaining({ code: "invalid_input", details: { field: "password" } }),
  );
});

test.each([["a1b2c3d4e5f6"], ["ab".repeat(128)], ["correct horse battery"]])("accepted: %j", (password) => {
  expect(() => checkPassword(password, ADA)).not.toThrow();
});

test("no refusal repeats the password", () => {
  expect(() => checkPassword("hunter2", ADA)).toThrow(expect.not.stringContaining("hunter2"));
});

test("a hash is argon2id with a salt of its own, and only the right password fits", async () => {
  const [one, two] = [
    await hashPassword("correct horse battery"),
    await hashPassword("correct horse battery"),
  ];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword(one, "correct horse battery")).toBe(true);
  expect(await verifyPassword(one, "correct horse batterz")).toBe(false);
  expect(await verifyPassword(one, "")).toBe(false);
  expect(await verifyPassword(undefined, "correct horse battery")).toBe(false);
});

test("the same characters composed differently are the same password", async () => {
  const hash = await hashPassword("caf\u00e9 au lait, please");
  expect(await verifyPassword(hash, "cafe\u0301 au lait, please")).toBe(true);
});

test("a password beyond the limit never fits and is never hashed", async () => {
  const long = "ab".repeat(200);
  expect(await verifyPassword(await hashPassword(long), long)).toBe(false);
});
