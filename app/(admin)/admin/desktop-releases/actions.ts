"use server";

import { act } from "@/app/_forms/form-action";
import { readChoice, readRequired } from "@/app/_forms/form-data";
import { readField } from "@/app/_forms/form-request";
import type { FormState } from "@/components/ui/form-state";
import {
  putDesktopRelease,
  removeDesktopRelease,
} from "@/lib/marketplace/desktop-releases/change-desktop-releases";

const HERE = "/admin/desktop-releases";
const CONFIDENCES = ["verified", "inferred", "unverified"] as const;

export async function putRelease(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }) => {
    const { version } = await putDesktopRelease(ctx, {
      version: readField(form, "version").trim(),
      apiVersion: readField(form, "apiVersion").trim() || null,
      releasedOn: readField(form, "releasedOn") || null,
      confidence: readChoice(form, "confidence", CONFIDENCES),
      source: readRequired(form, "source", "The source"),
    });
    return { tone: "success", title: `Docker Desktop ${version} was saved`, to: HERE };
  });
}

export async function removeRelease(_state: FormState, form: FormData): Promise<FormState> {
  return act(form, async ({ ctx }) => {
    const version = readField(form, "version");
    await removeDesktopRelease(ctx, { version });
    return { tone: "success", title: `Docker Desktop ${version} was removed`, to: HERE };
  });
}
