import { expect, test } from "vitest";
import {
  compatibilityOfFit,
  compatibilityOfLatest,
  compatibilityOfOffer,
  compatibilityOfVersion,
  hostLabel,
} from "@/components/catalog/compatibility/compatibility";
import type { OfferDocument, VersionSummary } from "@/lib/catalog/documents/documents";

const HOST = { desktop: "4.38.0", architecture: "arm64" };
const OFFER: NonNullable<OfferDocument["offer"]> = {
  tag: "1.0.1",
  version: "1.0.1",
  digest: "sha256:1",
  reference: "acme/disk-lens@sha256:1",
  confidence: "verified",
  warnings: [],
};
const reason = (code: string, message: string) => ({
  code,
  message,
  minimumDesktop: null,
  maximumDesktop: null,
});

test.each([
  ["4.38.0", "4.38 (arm64)"],
  ["4.43.1", "4.43.1 (arm64)"],
])("the label of a host: %s", (desktop, label) => {
  expect(hostLabel({ desktop, architecture: "arm64" })).toBe(label);
});

test("the newest version that fits just works", () => {
  const answer = { offer: OFFER, newest: OFFER, reason: reason("newest", "This is the latest version.") };
  expect(compatibilityOfOffer(answer, HOST)).toEqual({ kind: "works", label: "Works with 4.38 (arm64)" });
});

test("an older offer shows its version and why the newest does not fit", () => {
  const why = "Version 1.1.0 needs Docker Desktop 4.44 or later.";
  const answer = { offer: OFFER, newest: { tag: "1.1.0" }, reason: reason("needs_newer_desktop", why) };
  expect(compatibilityOfOffer(answer, HOST)).toEqual({
    kind: "older",
    label: "Works with 4.38 (arm64): installs 1.0.1",
    why,
  });
});

test("an assumed compatibility is never shown as verified", () => {
  const fit = compatibilityOfFit({ tag: "1.0.0", fits: true, confidence: "assumed" }, HOST);
  expect(fit).toMatchObject({ kind: "works", label: "Likely works with 4.38 (arm64)" });
});

test.each([
  [
    "needs_newer_desktop",
    "Needs Docker Desktop 4.44 or later.",
    "needs",
    "Needs Docker Desktop 4.44 or later",
  ],
  ["no_platform", "Is not available for linux/arm64.", "never", "Is not available for linux/arm64"],
  [
    "never_compatible",
    "Requires Extension API >= 9.",
    "never",
    "Doesn’t run on any known Docker Desktop version",
  ],
  ["unknown_desktop", "Not on record.", "unknown", "Compatibility unknown"],
  ["entry_suspended", "This extension is suspended.", "never", "This extension is suspended"],
])("without an offer the reason is shown: %s", (code, message, kind, label) => {
  const answer = { offer: null, newest: null, reason: reason(code, message) };
  expect(compatibilityOfOffer(answer, HOST)).toMatchObject({ kind, label });
});

const version = (minimumDesktop: string | null, range: string | null, architectures: string[]) =>
  ({
    requirement: { raw: range, range, reading: "minimum", readings: null, minimumDesktop, message: null },
    platforms: architectures.map((architecture) => ({
      os: "linux",
      architecture,
      variant: null,
      digest: "",
      size: 1,
    })),
  }) as const satisfies Pick<VersionSummary, "requirement" | "platforms">;

test.each([
  [version("4.17.0", ">= 0.3.4", ["amd64", "arm64"]), "Requires Docker Desktop 4.17+"],
  [version("4.8.0", ">= 0.2.3", ["amd64"]), "Requires Docker Desktop 4.8+, amd64 only"],
  [version(null, ">= 1.4.7", ["amd64"]), "Doesn’t run on any known Docker Desktop version"],
  [version(null, null, ["amd64"]), "Compatibility unknown"],
])("without a chosen Docker Desktop, the requirement is shown (%#)", (summary, label) => {
  expect(compatibilityOfVersion(summary).label).toBe(label);
});

test("without a chosen Docker Desktop, a newer version for one architecture is named", () => {
  const latest = { tag: "2.0.1", version: "2.0.1", channel: "stable", digest: "", listedAt: null } as const;
  const both = { ...latest, ...version("4.17.0", ">= 0.3.4", ["amd64", "arm64"]) };
  const half = { ...latest, tag: "2.1.0", version: "2.1.0", ...version("4.17.0", ">= 0.3.4", ["arm64"]) };
  expect(compatibilityOfLatest(both, [half, both])).toEqual({
    kind: "needs",
    label: "Requires Docker Desktop 4.17+",
    why: "Version 2.1.0 is newer, but only for arm64. Choose your Docker Desktop to see the version for your machine.",
  });
  expect(compatibilityOfLatest(both, [both, half]).why).toBeUndefined();
  expect(compatibilityOfLatest(half, [half]).label).toBe("Requires Docker Desktop 4.17+, arm64 only");
});
