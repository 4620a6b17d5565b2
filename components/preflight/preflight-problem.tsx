import type { PreflightProblem } from "@/components/preflight/preflight-state";
import { Notice } from "@/components/ui/notice";

/** Why there is no report, whose turn it is, and when to come back. */
export function PreflightProblemNotice({ problem }: { problem: PreflightProblem }) {
  const { owner, message, suggestion, retryAfterSeconds } = problem;
  const ours = owner === "ours";
  return (
    <Notice
      tone={ours ? "info" : "problem"}
      title={ours ? "This is not about your image: we could not read it" : "This needs you"}
      alert
    >
      <p>{message}</p>
      {suggestion === null ? null : <p className="mt-1">{suggestion}</p>}
      {ours ? (
        <p className="mt-1">
          {retryAfterSeconds === null
            ? "Failures that pass were tried again. Check again in a minute or two."
            : `Check again in ${retryAfterSeconds} seconds.`}
        </p>
      ) : null}
    </Notice>
  );
}
