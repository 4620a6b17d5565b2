import { describe, expect, test } from "vitest";
import { badgeSvg } from "@/lib/catalog/badges/badge-svg";
import { extensionBadge } from "@/lib/catalog/badges/extension-badge";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import {
  catalogRecords,
  type ExtensionChanges,
  extensionRecord,
  versionRecord,
} from "@/tests/builders/catalog-records";
import fc from "@/tests/builders/fast-check";

const NOW = new Date("2026-11-20T12:00:00Z");

function viewOf(changes: ExtensionChanges = {}) {
  return buildSnapshot(catalogRecords([extensionRecord("docker.io/acme/logs", changes)]), NOW).find(
    "acme/logs",
  );
}

const needs = (raw: string) =>
  versionRecord("1.0.0", { report: { requirements: [{ platform: "linux/amd64", raw }] } });

describe("what a badge says", () => {
  test.each([
    ["version", viewOf(), "1.0.0", "good"],
    ["version", viewOf({ versions: [versionRecord("2.0.0-rc.1")] }), "2.0.0-rc.1", "caution"],
    [
      "version",
      viewOf({ deprecated: { message: "Old.", replacement: null } }),
      "1.0.0 (deprecated)",
      "caution",
    ],
    ["version", viewOf({ versions: [] }), "no version", "neutral"],
    ["version", viewOf({ entry: { state: "suspended" } }), "suspended", "bad"],
    ["version", undefined, "not listed", "neutral"],
    ["compatibility", viewOf({ versions: [needs(">= 0.3.4")] }), "4.18 or newer", "good"],
    ["compatibility", viewOf({ versions: [needs(">= 0.3.0, < 0.4")] }), "4.13 to 4.41.2", "caution"],
    ["compatibility", viewOf({ versions: [needs(">= 1.4.7")] }), "no known release", "bad"],
    ["compatibility", viewOf({ versions: [needs("$" + "{VERSION}")] }), "unknown", "caution"],
    ["platforms", viewOf(), "amd64 · arm64", "neutral"],
  ] as const)("%s %#: %s", (kind, view, words, tone) => {
    expect(extensionBadge(kind, view)).toMatchObject({ words, tone });
  });
});

const MARKUP =
  /^<svg [^<>]*>(?:<(?:title|text)[^<>]*>[^<>]*<\/(?:title|text)>|<\/?(?:clipPath|g|rect)\b[^<>]*>)*<\/svg>\n$/;

test("whatever stands in it, a badge is the same markup with other words, and valid XML", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.constantFrom(
      '"><script>alert(1)</script>',
      "]]>&amp;",
      "\u0000\u0008\ufffe",
      "\ud800",
      "<!--",
      "'onload='x",
    ),
  );
  fc.assert(
    fc.property(hostile, hostile, (label, words) => {
      const svg = badgeSvg({ label, words, tone: "good" });
      expect(svg).toMatch(MARKUP);
      expect(svg.isWellFormed()).toBe(true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML refuses
      expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
      expect(svg.replace(/&(?:amp|lt|gt|quot|apos);/g, "")).not.toContain("&");
    }),
    { numRuns: 50 },
  );
});

test("a badge never grows beyond its sixty characters", () => {
  expect(badgeSvg({ label: "x", words: "W".repeat(5_000), tone: "good" }).length).toBeLessThan(1_500);
});
