import { readChoice } from "@/app/_forms/form-data";
import { readField } from "@/app/_forms/form-request";
import { parseTrackRange } from "@/lib/extension/offer/track";
import type { TrackRequest } from "@/lib/marketplace/entries/track-request";
import { AppError, isAppError } from "@/lib/platform/errors";

/** The track that a form asks for; throws with the field that it is about. */
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
    throw new AppError(error.code, range === "" ? "The range is empty." : error.message, {
      suggestion: error.suggestion,
      details: { field: "range" },
    });
  }
}
