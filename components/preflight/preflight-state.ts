import type { ReadEvent } from "@/components/ui/read-events";
import type { ProblemOwner } from "@/lib/inspection/error-attribution";
import type { PreflightProgress } from "@/lib/inspection/preflight";

/** What the page knows of a running pre-flight. */
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
  /** Seconds after which another try makes sense; null when that is not known. */
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
  message: "The connection to this Gantry broke before the report came.",
  suggestion: "Check again.",
  retryAfterSeconds: null,
};

/** Our own server writes these events, of exactly this type. */
function progressOf(data: unknown): PreflightProgress {
  return data as PreflightProgress;
}

/** As above: the answer of `POST /api/v1/inspections`. */
function reportOf(data: unknown): { path: string | null; outcome: string } {
  const { shared, outcome } = data as { shared: { path: string } | null; outcome: string };
  return { path: shared?.path ?? null, outcome };
}

/** As above: a problem document. One that came before the stream began names no owner: the question was refused. */
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
