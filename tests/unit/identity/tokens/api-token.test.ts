import { expect, test } from "vitest";
import { hashApiToken, makeApiToken, parseApiToken } from "@/lib/identity/tokens/api-token";
import fc from "@/tests/builders/fast-check";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

test("a new token has the documented shape and is accepted", () => {
  const { token, tokenHash, hint } = makeApiToken();
  expect(token).toMatch(/^gtry_[0-9A-Za-z]{38}$/);
  expect(parseApiToken(token)).toBe(token);
  expect(hashApiToken(token)).toBe(tokenHash);
  expect(token.startsWith(hint)).toBe(true);
  expect(hint).toHaveLength(9);
});

test("no two tokens are alike, and every character of the alphabet occurs", () => {
  const tokens = Array.from({ length: 500 }, () => makeApiToken().token.slice(5, -6));
  expect(new Set(tokens).size).toBe(500);
  expect(new Set(tokens.join("")).size).toBe(ALPHABET.length);
});

test("the checksum is CRC-32 in base62, so that scanners can recognize a leaked token", () => {
  expect(parseApiToken(`gtry_${"0".repeat(32)}${base62(0xa0f292d0)}`)).toBeDefined();
});

test("a token with any one character changed is refused", () => {
  fc.assert(
    fc.property(fc.nat(37), fc.constantFrom(...ALPHABET), (place, character) => {
      const { token } = makeApiToken();
      const at = 5 + place;
      fc.pre(token[at] !== character);
      expect(parseApiToken(`${token.slice(0, at)}${character}${token.slice(at + 1)}`)).toBeUndefined();
    }),
  );
});

test.each([
  ["empty", () => ""],
  ["another prefix", (token: string) => token.replace("gtry_", "ghp_")],
  ["upper-case prefix", (token: string) => token.replace("gtry_", "GTRY_")],
  ["cut off", (token: string) => token.slice(0, -1)],
  ["one too many", (token: string) => `${token}0`],
  ["a line end", (token: string) => `${token}\n`],
  ["a character outside the alphabet", (token: string) => `${token.slice(0, -7)}-${token.slice(-6)}`],
])("refused: %s", (_what, spoil) => {
  expect(parseApiToken(spoil(makeApiToken().token))).toBeUndefined();
});

function base62(value: number): string {
  let rest = value;
  let digits = "";
  for (let place = 0; place < 6; place += 1) {
    digits = ALPHABET.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
