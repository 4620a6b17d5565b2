"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { readChoice, readField, readRequired } from "@/app/_forms/form-data";

import type { FormState } from "@/components/ui/form-state";
import { putDesktopRelease, removeDesktopRelease } from "@/lib/marketplace/desktop-releases/desktop-releases";

const HERE = "/admin/desktop-releases";
const MISSING_SOURCE = { message: "Enter a source.", suggestion: "Say where you found the API version." };
const CONFIDENCES = ["verified", "inferred", "unverified"] as const;

export async function putRelease(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const { version } = await putDesktopRelease(ctx, {
      version: readField(form, "version").trim(),
      apiVersion: readField(form, "apiVersion").trim() || null,
      composeVersion: readField(form, "composeVersion").trim() || null,
      releasedOn: readField(form, "releasedOn") || null,
      confidence: readChoice(form, "confidence", CONFIDENCES),
      source: readRequired(form, "source", MISSING_SOURCE),
    });
    return { tone: "success", title: `Saved Docker Desktop ${version}`, to: HERE };
  });
}

export async function removeRelease(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const version = readField(form, "version");
    await removeDesktopRelease(ctx, { version });
    return { tone: "success", title: `Removed Docker Desktop ${version}`, to: HERE };
  });
}
