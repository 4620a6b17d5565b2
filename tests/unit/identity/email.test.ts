import { expect, test } from "vitest";
import { parseEmail } from "@/lib/identity/email";
import fc from "@/tests/builders/fast-check";

test.each([
  ["ada@example.org", "ada@example.org"],
  ["  Ada.Lovelace@Example.ORG\n", "ada.lovelace@example.org"],
  ["ada+gantry@mail.example.org", "ada+gantry@mail.example.org"],
  ["o'brien@example.ie", "o'brien@example.ie"],
  ["root@localhost", "root@localhost"],
  ["jose\u0301@example.org", "jos\u00e9@example.org"],
  ["ÄRGER@BÜCHER.example", "ärger@bücher.example"],
])("%j is the mailbox %j", (text, email) => {
  expect(parseEmail(text)).toBe(email);
});

test.each([
  ["empty", ""],
  ["no @", "ada.example.org"],
  ["nothing before the @", "@example.org"],
  ["nothing after it", "ada@"],
  ["two addresses", "ada@example.org,eve@example.org"],
  ["a comma", "ada,eve@example.org"],
  ["two @", "ada@eve@example.org"],
  ["a space", "ada lovelace@example.org"],
  ["a line end, as in header injection", "ada@example.org\r\nbcc:eve@example.org"],
  ["the full-width @ (U+FF20)", "ada\uff20example.org"],
  ["U+FF20 beside a real one", "ada\uff20example.org@evil.example"],
  ["a full-width letter", "\uff41da@example.org"],
  ["a ligature", "o\ufb03ce@example.org"],
  ["a quoted local part", '"ada lovelace"@example.org'],
  ["a quoted local part without a space", '"ada"@example.org'],
  ["a comment", "ada(comment)@example.org"],
  ["angle brackets", "Ada <ada@example.org>"],
  ["HTML", "<b>ada</b>@example.org"],
  ["a zero-width space", "ada\u200b@example.org"],
  ["a right-to-left override", "ada\u202e@example.org"],
  ["NUL", "ada\0@example.org"],
  ["two dots in a row", "ada..lovelace@example.org"],
  ["a dot at the start", ".ada@example.org"],
  ["a dot at the end", "ada.@example.org"],
  ["an empty label", "ada@example..org"],
  ["a hyphen at the end of a label", "ada@example-.org"],
  ["an address literal", "ada@[127.0.0.1]"],
  ["a local part of 65 characters", `${"a".repeat(65)}@example.org`],
  ["255 characters", `ada@${"a.".repeat(125)}b`],
])("%s is refused", (_what, text) => {
  expect(() => parseEmail(text)).toThrow(expect.objectContaining({ code: "invalid_input" }));
});

test("254 characters are accepted", () => {
  const email = `ada@${"a".repeat(62)}.${"b".repeat(62)}.${"c".repeat(62)}.${"d".repeat(61)}`;
  expect(email).toHaveLength(254);
  expect(parseEmail(email)).toBe(email);
});

test("an accepted address is its own normal form", () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "binary" })), (text) => {
      const email = parsed(text);
      if (email !== undefined) expect(parsed(email)).toBe(email);
    }),
  );
});

test("a long hostile text is judged at once", () => {
  expect(parsed(`${"a.".repeat(100_000)}@`)).toBeUndefined();
  expect(parsed(`ada@${"a-".repeat(120)}`)).toBeUndefined();
});

function parsed(text: string): string | undefined {
  try {
    return parseEmail(text);
  } catch {
    return undefined;
  }
}
