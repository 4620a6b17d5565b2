import { expect, test } from "vitest";
import { stepText } from "@/scripts/gantry/inspect/step-text";
import { terminalJson } from "@/scripts/gantry/terminal-json";
import fc from "@/tests/builders/fast-check";

test("JSON on a terminal reads back to the same value, and has nothing that the terminal would obey", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "\u001b[2J", "\u009b", "\u202e", "\u{e0041}", "é", "日", "\n"),
  });
  fc.assert(
    fc.property(text, (title) => {
      const json = terminalJson({ title });
      expect(JSON.parse(json)).toEqual({ title });
      expect(json).not.toMatch(/[^\P{C}\n]/u);
    }),
  );
});

test("the name of a platform cannot rewrite the terminal", () => {
  const step = {
    step: "image",
    digest: "",
    mediaType: "",
    platforms: ["linux/\u001b[2Jamd64"],
    findings: [],
  };
  expect(stepText(step as never)).toBe("· image read: linux/‹U+001B›[2Jamd64");
});
