import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { IconName } from "@/components/ui/icon";
import type { SubmissionState } from "@/lib/extension/states/submission";

type StateLook = { tone: BadgeTone; icon: IconName; words: string };

/** The label of every state. */
const SUBMISSION_STATES: Record<SubmissionState, StateLook> = {
  checking: { tone: "info", icon: "refresh", words: "Checking" },
  in_review: { tone: "accent", icon: "clock", words: "In review" },
  needs_changes: { tone: "warning", icon: "warning", words: "Needs changes" },
  errored: { tone: "info", icon: "refresh", words: "Check delayed" },
  approved: { tone: "success", icon: "check-circle", words: "Approved" },
  declined: { tone: "danger", icon: "x-circle", words: "Declined" },
  withdrawn: { tone: "neutral", icon: "minus", words: "Withdrawn" },
};

export function SubmissionStateBadge({ state }: { state: SubmissionState }) {
  const { tone, icon, words } = SUBMISSION_STATES[state];
  return (
    <Badge tone={tone} icon={icon}>
      {words}
    </Badge>
  );
}
