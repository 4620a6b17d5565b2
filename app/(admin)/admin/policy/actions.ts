"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { readChoice, readField } from "@/app/_forms/form-data";

import { readSeverities } from "@/app/(admin)/admin/policy/severity-rows";
import type { FormState } from "@/components/ui/form-state";
import { type Policy, policySchema } from "@/lib/extension/policy/policy";
import type { Context } from "@/lib/journal/context";
import { changePolicy, getPolicy } from "@/lib/marketplace/policy/policy";
import { AppError } from "@/lib/platform/errors";

export async function savePolicy(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const expectedVersion = Number(readField(form, "expectedVersion"));
    await changePolicy(ctx, { policy: await policyIn(form, ctx), expectedVersion });
    return {
      tone: "success",
      title: "Policy saved",
      text: "It applies to new submissions and versions.",
      to: "/admin/policy",
    };
  });
}

/** Settings that the form does not contain stay unchanged. */
async function policyIn(form: FormData, ctx: Context): Promise<Policy> {
  const { policy } = await getPolicy(ctx);
  const parsed = policySchema.safeParse({
    ...policy,
    preset: readChoice(form, "preset", ["sdk", "docker"]),
    updates: readChoice(form, "updates", ["auto_within_envelope", "manual", "auto"]),
    bareApiVersion: readChoice(form, "bareApiVersion", ["minimum", "exact"]),
    ownDecisions: readChoice(form, "ownDecisions", ["only_when_alone", "always"]),
    severities: readSeverities(form),
  });
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", parsed.error.issues[0]?.message ?? "The policy is incomplete.", {
    suggestion: "Reload the page and make your change again.",
  });
}
