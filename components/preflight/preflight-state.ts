import type { ReadEvent } from "@/components/ui/read-events";
import type { ProblemOwner } from "@/lib/inspection/error-attribution";
import type { PreflightProgress } from "@/lib/inspection/preflight";

/** The progress and the result of a pre-flight. */
export type PreflightState = {
  steps: PreflightProgress[];
  ended:
    | { kind: "report"; path: string | null; outcome: string }
    | { kind: "problem"; problem: PreflightProblem }
    | undefined;
};

export type PreflightProblem = {
  owner: ProblemOwner;
  message: string;
  suggestion: string | null;
  /** Seconds until a retry makes sense; null when unknown. */
  retryAfterSeconds: number | null;
};

export const NOTHING_YET: PreflightState = { steps: [], ended: undefined };

export function afterEvent(state: PreflightState, { event, data }: ReadEvent): PreflightState {
  switch (event) {
    case "progress":
      return { ...state, steps: [...state.steps, progressOf(data)] };
    case "report":
      return { ...state, ended: { kind: "report", ...reportOf(data) } };
    case "problem":
      return { ...state, ended: { kind: "problem", problem: problemIn(data) } };
    default:
      return state;
  }
}

export const CONNECTION_LOST: PreflightProblem = {
  owner: "ours",
  message: "The connection was lost before the report was complete.",
  suggestion: "Check again.",
  retryAfterSeconds: null,
};

/** Unchecked: our own server writes these events with this type. */
function progressOf(data: unknown): PreflightProgress {
  return data as PreflightProgress;
}

/** Unchecked, as above: the response of `POST /api/v1/inspections`. */
function reportOf(data: unknown): { path: string | null; outcome: string } {
  const { shared, outcome } = data as { shared: { path: string } | null; outcome: string };
  return { path: shared?.path ?? null, outcome };
}

/** Unchecked, as above: a problem document. It has no owner if the request was refused before the stream began. */
function problemIn(data: unknown): PreflightProblem {
  const { owner, detail, suggestion, status, retryAfterSeconds } = data as {
    owner?: ProblemOwner;
    detail: string;
    suggestion: string | null;
    status: number;
    retryAfterSeconds?: number | null;
  };
  return {
    owner: owner ?? (status >= 500 ? "ours" : "askers"),
    message: detail,
    suggestion,
    retryAfterSeconds: retryAfterSeconds ?? null,
  };
}
