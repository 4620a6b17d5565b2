"use server";

import { redirect } from "next/navigation";
import { formWithProblem } from "@/app/form-problem";
import { formRequest, textOf } from "@/app/form-request";
import type { FormState } from "@/components/ui/form-state";
import { AppError, isAppError } from "@/lib/platform/errors";
import { preflights } from "@/lib/scanning/preflight/preflights";

/** Longer than a pre-flight may take, its wait included: nobody tells us that the browser has gone. */
const TIMEOUT_MS = 90_000;
const MAX_CHARACTERS = 2_000;

/** The whole check in one request, for browsers without scripts. */
export async function checkImage(_state: FormState, form: FormData): Promise<FormState> {
  const reference = textOf(form, "reference").slice(0, MAX_CHARACTERS + 1);
  let path: string;
  try {
    const { ctx, ip } = await formRequest();
    const run = await preflights.get().admit({ reference, asker: { actor: ctx.actor, ip } });
    const { shared } = await run({ signal: AbortSignal.timeout(TIMEOUT_MS), share: true });
    path = `/check/${linkOf(shared).id}`;
  } catch (error) {
    return aboutTheField(formWithProblem(error, { reference }), error);
  }
  redirect(path);
}

function linkOf<Link>(shared: Link | null): Link {
  if (shared !== null) return shared;
  throw new AppError("limit_exceeded", "The report is too large to be shown here.", {
    suggestion: "POST /api/v1/inspections and npm run gantry -- inspect give all of it.",
  });
}

/** What was typed makes no sense here; anything else is about the image, the registry or us. */
function aboutTheField(state: FormState, error: unknown): FormState {
  const codes = ["repository_invalid", "reference_invalid", "registry_not_allowed"];
  if (!state.problem || !isAppError(error) || !codes.includes(error.code)) return state;
  return { ...state, problem: { ...state.problem, field: "reference" } };
}
