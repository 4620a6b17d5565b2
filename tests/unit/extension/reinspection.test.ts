import { describe, expect, test } from "vitest";
import { makeFinding } from "@/lib/extension/findings/finding";
import { reasonsToHold, reportChange } from "@/lib/extension/reinspection/report-change";
import { hasSameSurroundings, withSurroundings } from "@/lib/extension/reinspection/surroundings";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { NOTHING_KNOWN } from "@/lib/extension/report/supply-chain-report";
import { capabilities } from "@/tests/builders/capabilities";
import { digestOf, inspectionReport, type ReportChanges } from "@/tests/builders/inspection-report";

const report = (changes: ReportChanges = {}) => inspectionReport("one", changes);
const [amd64, arm64] = report().platforms;
const platforms = (...list: (InspectionReport["platforms"][number] | undefined)[]) =>
  list.flatMap((platform) => platform ?? []);

const ambiguous = (why: string, layer = "a") => makeFinding("ambiguous_layer", { path: "/", layer, why });

describe("two reports about one digest state the same", () => {
  const finding = ambiguous("a name leads out of the root");
  test.each<[string, ReportChanges, ReportChanges]>([
    ["cost and inspector", {}, { inspectorVersion: 99, cost: { ...report().cost, requests: 1 } }],
    ["a sentence", { findings: [finding] }, { findings: [{ ...finding, message: "New words." }] }],
    ["the words of a reason", { findings: [finding] }, { findings: [ambiguous("in other words")] }],
    ["severity", { findings: [finding] }, { findings: [{ ...finding, severity: "error" }] }],
    ["what other servers say", {}, { findings: [makeFinding("link_dead", { host: "acme.example" })] }],
    ["a list that older reports lack", {}, { capabilities: { ...capabilities(), models: [] } }],
  ])("apart from %s", (_what, before, after) => {
    expect(reportChange(report(before), report(after))).toBeUndefined();
  });
});

describe("a listed version waits for a reviewer again", () => {
  const reasons = (before: ReportChanges, after: ReportChanges) => {
    const change = reportChange(report(before), report(after));
    return change && reasonsToHold(change);
  };
  const socket = { capabilities: capabilities({ dockerSocket: true }) };
  const unknown = { capabilities: capabilities({ unknown: ["metadata.json"] }) };
  test.each<[string, ReportChanges, ReportChanges, string[]]>([
    ["for a capability", {}, socket, ["it has access to the Docker socket"]],
    ["for one that is gone", socket, {}, ["it no longer has access to the Docker socket"]],
    ["for what is not understood", {}, unknown, ["it has an unrecognized part: metadata.json"]],
    ["not for what is understood now", unknown, {}, []],
    ["for a platform", {}, { platforms: platforms(amd64) }, ["missing platforms: linux/arm64"]],
    [
      "not for a platform that Docker Desktop does not run",
      { platforms: platforms(amd64, arm64, amd64 && { ...amd64, os: "windows" }) },
      {},
      [],
    ],
    [
      "for another image of a platform",
      {},
      { platforms: platforms(amd64, arm64 && { ...arm64, digest: digestOf("other") }) },
      ["additional platforms: linux/arm64", "missing platforms: linux/arm64"],
    ],
    [
      "for a finding that requires a review",
      {},
      { findings: [ambiguous("x")] },
      ["new findings that need manual review: Ambiguous layer content"],
    ],
    ["not for one that is gone", { findings: [ambiguous("x")] }, {}, []],
    ["not for any other finding", {}, { findings: [makeFinding("title_missing", {})] }, []],
    ["for no extension at all", {}, { state: "invalid" }, ["it is no longer recognized as an extension"]],
  ])("%s", (_what, before, after, expected) => {
    expect(reasons(before, after)).toEqual(expected);
  });
});

describe("what is outside the image", () => {
  const dead = makeFinding("media_unreachable", { host: "acme.example" });
  const missing = makeFinding("provenance_missing");

  test("stays as the old report has it, with its findings", () => {
    const before = report({ findings: [dead] });
    const unasked = { ...before.media, icon: null, links: [] };
    const after = report({
      findings: [ambiguous("x"), missing],
      media: unasked,
      supplyChain: NOTHING_KNOWN,
      attestations: { provenance: false, sbom: false },
      icon: null,
    });
    const joined = withSurroundings(before, after);
    expect(joined).toMatchObject({ media: before.media, supplyChain: before.supplyChain, icon: null });
    expect(joined.attestations).toEqual(before.attestations);
    expect(joined.findings).toEqual([ambiguous("x"), dead]);
  });

  test("an icon that could not be drawn this time stays, and so does one whose file is the same", () => {
    const before = report();
    const undrawn = report({
      icon: null,
      findings: [makeFinding("icon_not_checked", { path: "/icon.svg" })],
    });
    expect(withSurroundings(before, undrawn)).toMatchObject({ icon: before.icon, findings: [] });
    const redrawn = before.icon && { ...before.icon, sha256: "0".repeat(64) };
    expect(withSurroundings(before, report({ icon: redrawn })).icon).toEqual(before.icon);
    const other = before.icon && { ...before.icon, layer: digestOf("other layer") };
    expect(withSurroundings(before, report({ icon: other })).icon).toEqual(other);
  });

  test("is asked for again only where other things are named", () => {
    expect(hasSameSurroundings(report(), report())).toBe(true);
    expect(hasSameSurroundings(report(), report({ media: { ...report().media, screenshots: [] } }))).toBe(
      false,
    );
    const backend = capabilities({ backendImages: ["acme/backend"] });
    expect(hasSameSurroundings(report(), report({ capabilities: backend }))).toBe(false);
  });
});
