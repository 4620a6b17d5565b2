"use server";

import { redirect } from "next/navigation";
import { flash } from "@/app/_forms/flash";
import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { formRequest } from "@/app/_forms/form-request";
import type { FormState } from "@/components/ui/form-state";
import { submit } from "@/lib/marketplace/submissions/submit";
import { AppError, isAppError } from "@/lib/platform/errors";

const MAX_CHARACTERS = 2_000;

export async function submitExtension(_state: FormState, form: FormData): Promise<FormState> {
  const repository = readField(form, "repository");
  let id: string;
  try {
    const { ctx } = await formRequest();
    const { submission, created } = await submit(ctx, { repository: repositoryText(repository) });
    id = submission.id;
    await flash(
      created
        ? { tone: "success", title: `Submitted ${submission.repository}`, text: "We’re checking it now." }
        : {
            tone: "info",
            title: `You already submitted ${submission.repository}`,
            text: "This is your open submission.",
          },
    );
  } catch (error) {
    return aboutTheField(formWithProblem(error, { repository }), error);
  }
  redirect(`/publish/submissions/${id}`);
}

function repositoryText(text: string): string {
  if (text.trim() !== "" && text.length <= MAX_CHARACTERS) return text;
  throw new AppError("repository_invalid", "This is not an image repository.", {
    suggestion: "Enter it as in docker pull, for example acme/disk-lens.",
  });
}

/** Shows every problem beside the form's only field, unless it concerns the sender. */
function aboutTheField(state: FormState, error: unknown): FormState {
  const aboutSender =
    isAppError(error) && ["unauthenticated", "forbidden", "cross_origin"].includes(error.code);
  if (!state.problem || aboutSender) return state;
  return { ...state, problem: { ...state.problem, field: "repository" } };
}
