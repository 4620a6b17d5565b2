import { redirect } from "next/navigation";
import { type FlashMessage, flash } from "@/app/_forms/flash";
import { readField } from "@/app/_forms/form-data";
import { formWithProblem } from "@/app/_forms/form-problem";
import { confirmedFormRequest, type FormRequest } from "@/app/_forms/form-request";
import type { FormState } from "@/components/ui/form-state";
import { catalog } from "@/lib/catalog/catalog";
import { showOwnWrites } from "@/lib/catalog/read-your-writes";

export type Outcome = FlashMessage & {
  /** The page to redirect to: a path of this site. */
  to: string;
};

/** Runs the core function of a form, then redirects with a flash message, or shows the form again with the problem. */
export async function runFormAction(
  form: FormData,
  change: (request: FormRequest) => Promise<Outcome>,
): Promise<FormState> {
  let to: string;
  try {
    const request = await confirmedFormRequest(form);
    const { to: next, ...message } = await change(request);
    await showOwnWrites(catalog.get(), request.ctx.db);
    await flash(message);
    to = next;
  } catch (error) {
    return formWithProblem(error, typed(form));
  }
  redirect(to);
}

/** What was entered, for the form that is shown again; never passwords or the framework's own fields. */
function typed(form: FormData): FormState["values"] {
  const names = [...form.keys()].filter((name) => !name.startsWith("$") && !/password/i.test(name));
  return Object.fromEntries(names.map((name) => [name, readField(form, name)]));
}
