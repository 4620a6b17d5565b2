import { expect, test } from "vitest";
import { parseName } from "@/lib/identity/person-name";

test.each([
  ["Ada Lovelace", "Ada Lovelace"],
  ["  Ada   Lovelace ", "Ada Lovelace"],
  ["Zo\u0065\u0308", "Zo\u00eb"],
  ["山田 太郎", "山田 太郎"],
  ["Ada 👩‍💻", "Ada 👩‍💻"],
  ["علی\u200cرضا", "علی\u200cرضا"],
  ["a".repeat(100), "a".repeat(100)],
])("%j becomes %j", (text, name) => {
  expect(parseName(text)).toBe(name);
});

test.each([
  ["empty", ""],
  ["only spaces", "   "],
  ["101 characters", "a".repeat(101)],
  ["a line end, as in header injection", "Ada\r\nBcc: eve@example.org"],
  ["a line separator", "Ada\u2028Eve"],
  ["a color for the terminal", "\u001b[31mAda"],
  ["NUL", "Ada\0"],
  ["a right-to-left override", "Ada\u202eevE"],
  ["a lone surrogate", "Ada\ud800"],
  ["only something invisible", "\u200b"],
  ["only a filler", "\u3164"],
  ["only braille blanks", "\u2800\u2800"],
  ["a pile of accents", `Ada${"\u0301".repeat(12)}`],
])("%s is refused", (_what, text) => {
  expect(() => parseName(text)).toThrow(
    expect.objectContaining({ code: "invalid_input", details: { field: "name" } }),
  );
});
