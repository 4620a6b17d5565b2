import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { coverage, type Envelope, isApproved, needsManual } from "@/lib/extension/capabilities/envelope";
import type { Finding } from "@/lib/extension/findings/finding";
import type { FindingCode } from "@/lib/extension/findings/finding-codes";
import { blockingFindings, type Policy } from "@/lib/extension/policy/policy";
import type { InspectionState } from "@/lib/extension/report/inspection-report";

/** The automatic decision about a version, by policy and envelope. A reviewer can override it. */
export type ListingVerdict = { visibility: "listed" } | { visibility: "held"; reason: HoldReason };

/** Why a version needs manual review: `message` for people, `details` for programs. */
export type HoldReason = { message: string } & (
  | { code: "not_inspected"; details: { state: InspectionState } }
  | { code: "findings"; details: { codes: FindingCode[] } }
  | { code: "partial_proof" | "ambiguous_layer" | "manual_updates"; details: Record<string, never> }
  | { code: "manual_capability"; details: { capabilities: string[]; beyond: string[] } }
  | { code: "outside_envelope"; details: { beyond: string[] } }
);

export type ListingQuestion = {
  policy: Policy;
  envelope: Envelope;
  tag: string;
  digest: string;
  state: InspectionState;
  capabilities: Capabilities;
  findings: readonly Finding[];
  /** True when metadata.json was read, but not proven to be what Docker unpacks. */
  partialProof: boolean;
};

const PARTIAL: readonly FindingCode[] = ["metadata_partial"];
const AMBIGUOUS: readonly FindingCode[] = ["ambiguous_layer", "duplicate_entry"];

/**
 * Decides whether a version is listed automatically. Fails closed: only `inspected` images are listed, and errors
 * hold even an approved image. Otherwise an image that a reviewer approved under this tag is listed. Any other image
 * must be proven, unambiguous, and covered by the envelope, unless the policy's `updates` is `auto`.
 */
export function listingVerdict(question: ListingQuestion): ListingVerdict {
  const { envelope, tag, digest } = question;
  const reason =
    whyNever(question) ??
    (isApproved(envelope, tag, digest) ? undefined : (whyNotAutomatic(question) ?? whyNotByPolicy(question)));
  return reason === undefined ? { visibility: "listed" } : { visibility: "held", reason };
}

function whyNever({ state, findings, policy }: ListingQuestion): HoldReason | undefined {
  if (state !== "inspected") {
    const message = `The image was not fully inspected (state: ${state}).`;
    return { code: "not_inspected", message, details: { state } };
  }
  return heldBy(blockingFindings(findings, policy).filter(({ severity }) => severity === "error"));
}

function whyNotAutomatic({ findings, policy, partialProof }: ListingQuestion): HoldReason | undefined {
  const blocking = blockingFindings(findings, policy);
  const has = (codes: readonly FindingCode[]) => blocking.some(({ code }) => codes.includes(code));
  const others = blocking.filter(({ code }) => !PARTIAL.includes(code) && !AMBIGUOUS.includes(code));
  if (others.length > 0) return heldBy(others);
  if (partialProof || has(PARTIAL)) {
    const message =
      "Gantry could not read every layer that could change metadata.json, so a reviewer must check.";
    return { code: "partial_proof", message, details: {} };
  }
  if (!has(AMBIGUOUS)) return undefined;
  const message = "Tools can unpack a layer of this image in different ways, so a reviewer must check.";
  return { code: "ambiguous_layer", message, details: {} };
}

function whyNotByPolicy({ policy, envelope, capabilities }: ListingQuestion): HoldReason | undefined {
  switch (policy.updates) {
    case "auto":
      return undefined;
    case "manual":
      return {
        code: "manual_updates",
        message: "The policy requires manual review of every new version.",
        details: {},
      };
    case "auto_within_envelope":
      return whyOutside(envelope, capabilities);
  }
}

function whyOutside(envelope: Envelope, found: Capabilities): HoldReason | undefined {
  const capabilities = needsManual(found);
  const { covered, beyond } = coverage(envelope, found);
  if (capabilities.length > 0) {
    const message = `Needs manual review: ${capabilities.join(", ")}.`;
    return { code: "manual_capability", message, details: { capabilities, beyond } };
  }
  if (covered) return undefined;
  return {
    code: "outside_envelope",
    message: `New access since approval: ${beyond.join(", ")}.`,
    details: { beyond },
  };
}

function heldBy(findings: readonly Finding[]): HoldReason | undefined {
  if (findings.length === 0) return undefined;
  const codes = [...new Set(findings.map(({ code }) => code))];
  return {
    code: "findings",
    message: `Held because of findings: ${codes.join(", ")}.`,
    details: { codes },
  };
}
