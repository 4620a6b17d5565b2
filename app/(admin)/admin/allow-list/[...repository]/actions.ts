"use server";

import { runFormAction } from "@/app/_forms/form-action";
import { readChoice, readEndOfDay, readField, readRequired } from "@/app/_forms/form-data";
import type { FormRequest } from "@/app/_forms/form-request";
import { readTrack } from "@/app/(admin)/admin/read-track";
import { scanResult } from "@/components/admin/entries/entry-labels";
import { entryHref } from "@/components/admin/entry-address";
import type { FormState } from "@/components/ui/form-state";
import { type ChangeEntryInput, changeEntry } from "@/lib/marketplace/entries/change-entry";
import { changeExtension } from "@/lib/marketplace/entries/change-extension";
import type { EntryView } from "@/lib/marketplace/entries/entry-view";
import { requestScan } from "@/lib/marketplace/scans/scans";
import { hasEnded, waitForScan } from "@/lib/marketplace/scans/wait-for-scan";

const MISSING_MESSAGE = {
  message: "Enter a message.",
  suggestion: "Say why the extension is deprecated and what to use instead.",
};
const MISSING_TARGET = {
  message: "Enter the new repository.",
  suggestion: "For example acme/disk-lens.",
};

const STATES = ["active", "suspended", "revoked"] as const;

export async function changeState(_state: FormState, form: FormData): Promise<FormState> {
  return change(form, () => ({ state: readChoice(form, "state", STATES) }), stateMessage);
}

export async function changeTrack(_state: FormState, form: FormData): Promise<FormState> {
  return change(
    form,
    () => ({ track: readTrack(form) }),
    () => "Allowed versions changed",
  );
}

export async function changeExpiry(_state: FormState, form: FormData): Promise<FormState> {
  return change(
    form,
    () => ({ expiresAt: readEndOfDay(form, "expiresOn") ?? null }),
    ({ expiresAt }) =>
      expiresAt ? `The entry expires on ${expiresAt.slice(0, 10)}` : "The entry never expires",
  );
}

export async function deprecate(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const repository = readField(form, "repository");
    const message = readRequired(form, "message", MISSING_MESSAGE);
    const replacement = readField(form, "replacement").trim() || null;
    await changeExtension(ctx, { repository, deprecated: { message, replacement } });
    return { tone: "success", title: `Deprecated ${repository}`, to: entryHref(repository) };
  });
}

export async function undeprecate(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const repository = readField(form, "repository");
    await changeExtension(ctx, { repository, deprecated: null });
    return { tone: "success", title: `${repository} is no longer deprecated`, to: entryHref(repository) };
  });
}

export async function move(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const repository = readField(form, "repository");
    const movedTo = readRequired(form, "movedTo", MISSING_TARGET);
    const { movedTo: there } = await changeExtension(ctx, {
      repository,
      movedTo,
      reason: readRequired(form, "reason"),
    });
    return { tone: "success", title: `Moved ${repository} to ${there}`, to: entryHref(repository) };
  });
}

export async function moveBack(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const repository = readField(form, "repository");
    await changeExtension(ctx, { repository, movedTo: null });
    return {
      tone: "success",
      title: `${repository} is no longer marked as moved`,
      to: entryHref(repository),
    };
  });
}

/** The longest the form waits for the result; the scan continues regardless. */
const WAIT_SECONDS = 15;

export async function scanNow(_state: FormState, form: FormData): Promise<FormState> {
  return runFormAction(form, async ({ ctx }: FormRequest) => {
    const repository = readField(form, "repository");
    const scan = await waitForScan(ctx, await requestScan(ctx, { repository }), WAIT_SECONDS);
    const to = entryHref(repository);
    if (!hasEnded(scan)) {
      return { tone: "info", title: "Scan started", text: "Reload the page to see its result.", to };
    }
    const { title, text, failed } = scanResult(scan);
    return { tone: failed ? "warning" : "success", title, text, to };
  });
}

function change(
  form: FormData,
  what: () => Pick<ChangeEntryInput, "state" | "track" | "expiresAt">,
  message: (entry: EntryView) => string,
): Promise<FormState> {
  return runFormAction(form, async ({ ctx }) => {
    const input = {
      ...what(),
      repository: readField(form, "repository"),
      reason: readRequired(form, "reason"),
    };
    const entry = await changeEntry(ctx, input);
    return { tone: "success", title: message(entry), to: entryHref(entry.repository) };
  });
}

function stateMessage({ repository, state }: EntryView): string {
  switch (state) {
    case "active":
      return `${repository} is active again`;
    case "suspended":
      return `${repository} is suspended`;
    case "revoked":
      return `${repository} is revoked`;
    case "expired":
      return `${repository} has expired`;
  }
}
