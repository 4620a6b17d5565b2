import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import type { SubmissionState } from "@/lib/extension/states/submission";

type StateLook = { tone: BadgeTone; icon: IconName; label: string };

/** The label of every state. */
const SUBMISSION_STATES: Record<SubmissionState, StateLook> = {
  checking: { tone: "info", icon: "refresh", label: "Checking" },
  in_review: { tone: "accent", icon: "clock", label: "In review" },
  needs_changes: { tone: "warning", icon: "warning", label: "Needs changes" },
  errored: { tone: "info", icon: "refresh", label: "Check delayed" },
  approved: { tone: "success", icon: "check-circle", label: "Approved" },
  declined: { tone: "danger", icon: "x-circle", label: "Declined" },
  withdrawn: { tone: "neutral", icon: "minus", label: "Withdrawn" },
};

export function SubmissionStateBadge({ state }: { state: SubmissionState }) {
  const { tone, icon, label } = SUBMISSION_STATES[state];
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  );
}
