import { findingSummary } from "@/components/report/finding-groups";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import type { InspectionDocument } from "@/lib/catalog/documents/inspection-document";
import type { PreflightOutcome } from "@/lib/extension/policy/preflight-outcome";

const OUTCOMES: Record<PreflightOutcome, { tone: NoticeTone; title: string; step: string }> = {
  pass: {
    tone: "success",
    title: "It passes",
    step: "It can be submitted as it is.",
  },
  needs_you: {
    tone: "problem",
    title: "It needs you",
    step: "Fix what stands under “To fix”, push it, and check again.",
  },
  our_problem: {
    tone: "info",
    title: "Nothing wrong was found, but not everything could be read",
    step: "This is not about your image. Check again in a few minutes; a submission is tried again by itself.",
  },
};

export function PreflightOutcomeNotice({ inspection }: { inspection: InspectionDocument }) {
  const { tone, title, step } = OUTCOMES[inspection.outcome];
  const summary = findingSummary(inspection.findings);
  return (
    <Notice tone={tone} title={title}>
      {step} {summary === undefined ? null : <>Found: {summary}.</>}
    </Notice>
  );
}
