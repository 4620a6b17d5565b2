/** The decision forms' fields as the input of `decide`. */

import { invalid, readChoice, readEndOfDay, readField, readText } from "@/app/_forms/form-data";
import { readTrack } from "@/app/(admin)/admin/read-track";
import { composedReason } from "@/components/admin/review/reason-templates";
import type { TrackRequest } from "@/lib/marketplace/entries/track-request";
import type { DecisionInput } from "@/lib/marketplace/submissions/decide";

const DECISIONS = ["approve", "request_changes", "decline"] as const;

/** Throws `invalid_input` or `range_invalid` with the name of the field that is wrong. */
export function decisionFrom(form: FormData): DecisionInput & { decision: (typeof DECISIONS)[number] } {
  const decision = readChoice(form, "decision", DECISIONS);
  const approves = decision === "approve";
  return {
    id: readField(form, "submission"),
    decision,
    expectedDigest: readField(form, "expectedDigest") || undefined,
    reason: composedReason(readField(form, "canned"), readText(form, "reason") ?? "") || undefined,
    track: approves ? approvedTrack(form) : undefined,
    expiresAt: approves ? futureEndOfDay(form) : undefined,
  };
}

/** What was entered, for the form that is shown again. */
export function decisionValues(form: FormData): Record<string, string> {
  const names = ["track", "range", "expiresOn"];
  const typed = Object.fromEntries(names.map((name) => [name, readField(form, name)]));
  return { ...typed, reason: composedReason(readField(form, "canned"), readField(form, "reason")) };
}

/** One-click approval sends no track: it allows all versions. */
function approvedTrack(form: FormData): TrackRequest {
  const track: TrackRequest = form.has("track") ? readTrack(form) : { track: "follow" };
  if (track.track !== "follow" || readField(form, "range").trim() === "") return track;
  throw invalid("range", {
    message: "You entered a range, but “All versions” is selected.",
    suggestion: "Select “Versions in a range”, or clear this field.",
  });
}

function futureEndOfDay(form: FormData): Date | undefined {
  const instant = readEndOfDay(form, "expiresOn");
  if (instant === undefined || instant.getTime() > Date.now()) return instant;
  throw invalid("expiresOn", {
    message: "This date has passed.",
    suggestion: "Choose a later date, or leave the field empty.",
  });
}
