import { readChoice, readField } from "@/app/_forms/form-data";
import { parseTrackRange } from "@/lib/extension/offer/track";
import type { TrackRequest } from "@/lib/marketplace/entries/track-request";
import { AppError, isAppError } from "@/lib/platform/errors";

/** The versions that a form allows; throws with the name of the field that is wrong. */
export function readTrack(form: FormData): TrackRequest {
  const track = readChoice(form, "track", ["follow", "range", "pin"]);
  switch (track) {
    case "follow":
      return { track };
    case "range":
      return { track, range: readRange(form) };
    case "pin": {
      const [tag, digest] = readField(form, "pin").split("@", 2);
      return tag && digest ? { track, pin: { tag, digest } } : { track };
    }
  }
}

function readRange(form: FormData): string {
  const range = readField(form, "range").trim();
  try {
    parseTrackRange(range);
    return range;
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw new AppError(error.code, range === "" ? "Enter a version range." : error.message, {
      suggestion: error.suggestion,
      details: { field: "range" },
    });
  }
}
