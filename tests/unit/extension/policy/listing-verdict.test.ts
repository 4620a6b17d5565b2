import { describe, expect, test } from "vitest";
import { makeFinding } from "@/lib/extension/findings/finding";
import { type ListingQuestion, listingVerdict } from "@/lib/extension/policy/listing-verdict";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { capabilities } from "@/tests/builders/capabilities";

const MANUAL = { ...DEFAULT_POLICY, updates: "manual" } as const;
const AUTO = { ...DEFAULT_POLICY, updates: "auto" } as const;

const unseen = "sha256:unseen";
const socket = capabilities({ dockerSocket: true });
const withPorts = capabilities({ publishedPorts: ["80"] });
const unknownPart = capabilities({ unknown: ["vm.x"] });
const error = makeFinding("requirement_unreadable");
const warning = makeFinding("host_binaries_without_windows");
const ambiguous = makeFinding("ambiguous_layer");
const partial = makeFinding("metadata_partial");
const collision = makeFinding("version_collision");

describe("a new version", () => {
  test.each<[string, Partial<ListingQuestion>, string]>([
    ["inside the envelope", {}, "listed"],
    ["with warnings only", { findings: [warning] }, "listed"],
    ["not inspected", { state: "unreadable" }, "not_inspected"],
    ["that is no extension", { state: "invalid" }, "not_inspected"],
    ["with an error", { findings: [error] }, "findings"],
    ["with a finding that always requires a review", { findings: [collision] }, "findings"],
    ["with a partial proof", { partialProof: true }, "partial_proof"],
    ["with the finding for it", { findings: [partial] }, "partial_proof"],
    ["with an ambiguous layer", { findings: [ambiguous] }, "ambiguous_layer"],
    [
      "with an ambiguous layer that policy ignores",
      { findings: [ambiguous], policy: ignoring("ambiguous_layer") },
      "ambiguous_layer",
    ],
    ["under manual updates", { policy: MANUAL }, "manual_updates"],
    [
      "with the Docker socket, though approved before",
      { capabilities: socket, envelope: envelope(socket) },
      "manual_capability",
    ],
    ["with more than was approved", { capabilities: withPorts }, "outside_envelope"],
    [
      "with an unrecognized part",
      { capabilities: unknownPart, envelope: envelope(unknownPart) },
      "manual_capability",
    ],
    ["under auto, with more than was approved", { capabilities: unknownPart, policy: AUTO }, "listed"],
    ["under auto, with an error", { findings: [error], policy: AUTO }, "findings"],
    ["under auto, with a partial proof", { partialProof: true, policy: AUTO }, "partial_proof"],
    ["under auto, with an ambiguous layer", { findings: [ambiguous], policy: AUTO }, "ambiguous_layer"],
    ["under auto, not inspected", { state: "unreadable", policy: AUTO }, "not_inspected"],
    // The weightiest reason is given.
    [
      "with everything at once",
      { findings: [ambiguous, error], partialProof: true, policy: MANUAL },
      "findings",
    ],
    ["ambiguous and partial", { findings: [ambiguous, partial], policy: MANUAL }, "partial_proof"],
    ["ambiguous under manual updates", { findings: [ambiguous], policy: MANUAL }, "ambiguous_layer"],
    ["manual and outside", { capabilities: socket, policy: MANUAL }, "manual_updates"],
    ["a manual capability outside", { capabilities: socket }, "manual_capability"],
  ])("%s: %s → %s", (_what, changes, outcome) => {
    expect(outcomeOf({ ...question(), ...changes, digest: unseen })).toBe(outcome);
  });
});

describe("a version that a person approved at this digest", () => {
  test.each<[string, Partial<ListingQuestion>, string]>([
    ["under manual updates", { policy: MANUAL }, "listed"],
    ["with manual capabilities", { capabilities: socket }, "listed"],
    ["outside the envelope (approved for this version only)", { capabilities: withPorts }, "listed"],
    ["with a partial proof", { partialProof: true }, "listed"],
    ["with an ambiguous layer", { findings: [ambiguous] }, "listed"],
    ["not inspected", { state: "unreadable" }, "not_inspected"],
    ["invalid", { state: "invalid" }, "not_inspected"],
    ["with an error", { findings: [error] }, "findings"],
  ])("%s → %s", (_what, changes, outcome) => {
    expect(outcomeOf({ ...question(), ...changes })).toBe(outcome);
  });

  test("is approved under this tag only", () => {
    expect(outcomeOf({ ...question(), policy: MANUAL, tag: "1.0.1" })).toBe("manual_updates");
  });
});

test("the reason names what is behind it", () => {
  const held = (changes: Partial<ListingQuestion>) =>
    listingVerdict({ ...question(), digest: unseen, ...changes });
  expect(held({ capabilities: capabilities({ dockerSocket: true, publishedPorts: ["80"] }) })).toEqual({
    visibility: "held",
    reason: {
      code: "manual_capability",
      message: "Needs manual review: Docker socket.",
      details: { capabilities: ["Docker socket"], beyond: ["Docker socket", "published port “80”"] },
    },
  });
  expect(held({ capabilities: withPorts })).toMatchObject({
    reason: {
      message: "New access since approval: published port “80”.",
      details: { beyond: ["published port “80”"] },
    },
  });
  expect(held({ findings: [error, error, collision] })).toMatchObject({
    reason: { message: "Held because of findings: requirement_unreadable." },
  });
});

function outcomeOf(asked: ListingQuestion): string {
  const verdict = listingVerdict(asked);
  return verdict.visibility === "listed" ? "listed" : verdict.reason.code;
}

function question(): ListingQuestion {
  return {
    policy: DEFAULT_POLICY,
    envelope: envelope(capabilities()),
    tag: "1.0.0",
    digest: "sha256:seen",
    state: "inspected",
    capabilities: capabilities(),
    findings: [],
    partialProof: false,
  };
}

function envelope(approved: ListingQuestion["capabilities"]): ListingQuestion["envelope"] {
  return { capabilities: approved, approved: [{ tag: "1.0.0", digest: "sha256:seen" }] };
}

function ignoring(code: "ambiguous_layer"): ListingQuestion["policy"] {
  return { ...DEFAULT_POLICY, severities: { [code]: "off" } };
}
