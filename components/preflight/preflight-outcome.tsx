import { findingSummary, groupFindings } from "@/components/report/finding-groups";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import type { InspectionDocument } from "@/lib/catalog/documents/inspection-document";
import type { PreflightOutcome } from "@/lib/extension/policy/preflight-outcome";

const TONES: Record<PreflightOutcome, NoticeTone> = {
  pass: "success",
  needs_you: "problem",
  our_problem: "info",
};

/** The result of a pre-flight and the next step. */
export function PreflightOutcomeNotice({ inspection }: { inspection: InspectionDocument }) {
  const { outcome, findings } = inspection;
  const toFix = groupFindings(findings).find(({ kind }) => kind === "needs_you")?.findings ?? [];
  const others = findingSummary(findings.filter((finding) => !toFix.includes(finding)));
  const { title, step } = wordingOf(outcome, toFix.length);
  const found = others && `${toFix.length > 0 ? "Also found" : "Found"}: ${others}.`;
  return (
    <Notice tone={TONES[outcome]} title={title}>
      {[step, found].filter(Boolean).join(" ")}
    </Notice>
  );
}

function wordingOf(outcome: PreflightOutcome, toFix: number): { title: string; step?: string } {
  switch (outcome) {
    case "pass":
      return { title: "Ready to submit" };
    case "needs_you":
      return {
        title: toFix === 1 ? "1 problem to fix" : `${toFix} problems to fix`,
        step: `Fix ${toFix === 1 ? "it" : "them"}, push the image again, and recheck.`,
      };
    case "our_problem":
      return {
        title: "We couldn’t read everything",
        step: "This isn’t a problem with your image. Try again in a few minutes.",
      };
  }
}
