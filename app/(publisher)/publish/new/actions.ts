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
        ? { tone: "success", title: `${submission.repository} was submitted`, text: "It is being checked." }
        : { tone: "info", title: `You had already submitted ${submission.repository}`, text: "Here it is." },
    );
  } catch (error) {
    return aboutTheField(formWithProblem(error, { repository }), error);
  }
  redirect(`/publish/submissions/${id}`);
}

function repositoryText(text: string): string {
  if (text.trim() !== "" && text.length <= MAX_CHARACTERS) return text;
  throw new AppError("repository_invalid", "There is no image repository in this text.", {
    suggestion: "Write it as docker pull would: acme/disk-lens.",
  });
}

/** Whatever the form was refused for is about its only field, unless it is about who sent it. */
function aboutTheField(state: FormState, error: unknown): FormState {
  const aboutSender =
    isAppError(error) && ["unauthenticated", "forbidden", "cross_origin"].includes(error.code);
  if (!state.problem || aboutSender) return state;
  return { ...state, problem: { ...state.problem, field: "repository" } };
}
