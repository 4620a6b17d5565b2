"use server";

import { act } from "@/app/_forms/form-act";
import { textOf } from "@/app/_forms/form-request";
import { chosenIn, requiredIn } from "@/app/_forms/given-in";
import type { FormState } from "@/components/ui/form-state";
import { putDesktopRelease, removeDesktopRelease } from "@/lib/marketplace/desktop-releases/desktop-releases";

const HERE = "/admin/desktop-releases";
const CONFIDENCES = ["verified", "inferred", "unverified"] as const;

export async function putRelease(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }) => {
    const { version } = await putDesktopRelease(ctx, {
      version: textOf(form, "version").trim(),
      apiVersion: textOf(form, "apiVersion").trim() || null,
      releasedOn: textOf(form, "releasedOn") || null,
      confidence: chosenIn(form, "confidence", CONFIDENCES),
      source: requiredIn(form, "source", "The source"),
    });
    return { tone: "success", title: `Docker Desktop ${version} was saved`, to: HERE };
  });
}

export async function removeRelease(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }) => {
    const version = textOf(form, "version");
    await removeDesktopRelease(ctx, { version });
    return { tone: "success", title: `Docker Desktop ${version} was removed`, to: HERE };
  });
}
