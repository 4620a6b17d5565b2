"use server";

import { redirect } from "next/navigation";
import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { formRequest } from "@/app/_forms/form-request";
import type { FormState } from "@/components/ui/form-state";
import { attributeError } from "@/lib/inspection/error-attribution";
import { AppError, isAppError } from "@/lib/platform/errors";
import { preflights } from "@/lib/scanning/preflight/preflights";

/** Longer than a pre-flight can take with its wait. A server action is not notified when the browser disconnects. */
const TIMEOUT_MS = 90_000;
const MAX_CHARACTERS = 2_000;

/** The whole check in one request, for browsers without scripts. */
export async function checkImage(_state: FormState, form: FormData): Promise<FormState> {
  const reference = readField(form, "reference").slice(0, MAX_CHARACTERS + 1);
  let path: string;
  try {
    const { ctx, ip } = await formRequest();
    const run = await preflights.get().admit({ reference, requester: { actor: ctx.actor, ip } });
    const { shared } = await run({ signal: AbortSignal.timeout(TIMEOUT_MS), share: true });
    path = `/check/${linkOf(shared).id}`;
  } catch (error) {
    return withAttribution(formWithProblem(error, { reference }), error);
  }
  redirect(path);
}

function linkOf<Link>(shared: Link | null): Link {
  if (shared !== null) return shared;
  throw new AppError("limit_exceeded", "The report is too large to show here.", {
    suggestion: "Use POST /api/v1/inspections or npm run gantry -- inspect to get the full report.",
  });
}

/** Shows invalid input beside the field, and says when a failure is not the image's fault. */
function withAttribution(state: FormState, error: unknown): FormState {
  const { problem } = state;
  if (!problem || !isAppError(error)) return state;
  const codes = ["repository_invalid", "reference_invalid", "registry_not_allowed"];
  if (codes.includes(error.code)) return { ...state, problem: { ...problem, field: "reference" } };
  if (attributeError(error) !== "ours") return state;
  const suggestion = `${problem.suggestion ?? ""} This isn’t a problem with your image.`.trim();
  return { ...state, problem: { ...problem, suggestion } };
}
