/** What the decision forms send, as what the core function takes. */

import { readField } from "@/app/_forms/form-request";
import { readText } from "@/app/_forms/reason-field";
import { composedReason } from "@/components/admin/review/canned-reasons";
import { parseTrackRange } from "@/lib/extension/offer/track";
import type { TrackRequest } from "@/lib/marketplace/entries/track-request";
import type { DecisionInput } from "@/lib/marketplace/submissions/decide";
import { AppError, isAppError } from "@/lib/platform/errors";

const DECISIONS = ["approve", "request_changes", "decline"] as const;

/** Throws `invalid_input` or `range_invalid`, with the field that it is about. */
export function decisionFrom(form: FormData): DecisionInput & { decision: (typeof DECISIONS)[number] } {
  const decision = DECISIONS.find((each) => each === readField(form, "decision"));
  if (decision === undefined) {
    throw new AppError("invalid_input", "The form named no decision.", {
      suggestion: "Choose approve, request changes or decline.",
    });
  }
  const reason = composedReason(readField(form, "canned"), readText(form, "reason") ?? "");
  const approving = decision === "approve";
  return {
    id: readField(form, "submission"),
    decision,
    expectedDigest: readField(form, "expectedDigest") || undefined,
    reason: reason === "" ? undefined : reason,
    track: approving ? trackFrom(form) : undefined,
    expiresAt: approving ? lastInstantOf(readField(form, "expiresOn")) : undefined,
  };
}

/** What was typed, for the form that is shown again. */
export function decisionValues(form: FormData): Record<string, string> {
  const names = ["track", "range", "expiresOn"];
  const typed = Object.fromEntries(names.map((name) => [name, readField(form, name)]));
  return { ...typed, reason: composedReason(readField(form, "canned"), readField(form, "reason")) };
}

function trackFrom(form: FormData): TrackRequest {
  const range = readField(form, "range").trim();
  switch (readField(form, "track")) {
    case "range":
      return { track: "range", range: checkedRange(range) };
    case "pin":
      return { track: "pin" };
    default:
      if (range !== "") throw unusedRange();
      return { track: "follow" };
  }
}

function checkedRange(range: string): string {
  try {
    parseTrackRange(range);
    return range;
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw new AppError(error.code, range === "" ? "The range is empty." : error.message, {
      suggestion: error.suggestion,
      details: { field: "range" },
    });
  }
}

function unusedRange(): AppError {
  return new AppError("invalid_input", "A range is written, but all versions are chosen.", {
    suggestion: "Choose “Versions in a range”, or empty this field.",
    details: { field: "range" },
  });
}

/** The end of that day in UTC; undefined for none. */
function lastInstantOf(day: string): Date | undefined {
  if (day === "") return undefined;
  const instant = new Date(`${day}T23:59:59.999Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(instant.getTime())) return refusePast(instant);
  throw new AppError("invalid_input", "This is not a date.", {
    suggestion: "Write it as 2027-03-31, or leave it empty.",
    details: { field: "expiresOn" },
  });
}

function refusePast(instant: Date): Date {
  if (instant.getTime() > Date.now()) return instant;
  throw new AppError("invalid_input", "This day is over.", {
    suggestion: "Choose a later day, or leave it empty.",
    details: { field: "expiresOn" },
  });
}
