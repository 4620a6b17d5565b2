import type { PreflightProblem } from "@/components/preflight/preflight-state";
import { Notice } from "@/components/ui/notice";

/** Why there is no report, who has to act, and when to retry. */
export function PreflightProblemNotice({ problem }: { problem: PreflightProblem }) {
  const { owner, message, suggestion, retryAfterSeconds } = problem;
  const ours = owner === "ours";
  return (
    <Notice
      tone={ours ? "info" : "problem"}
      title={
        ours ? "We couldn’t read the image. This isn’t a problem with it." : "We couldn’t check this image"
      }
      alert
    >
      <p>{message}</p>
      {suggestion === null ? null : <p className="mt-1">{suggestion}</p>}
      {ours ? (
        <p className="mt-1">
          {retryAfterSeconds === null
            ? "We already retried. Check again in a minute or two."
            : `Check again in ${retryAfterSeconds} seconds.`}
        </p>
      ) : null}
    </Notice>
  );
}
