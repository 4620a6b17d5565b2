import { textOf } from "@/app/_forms/form-request";
import { chosenIn } from "@/app/_forms/given-in";
import { parseTrackRange } from "@/lib/extension/offer/track";
import type { TrackRequest } from "@/lib/marketplace/entries/track-request";
import { AppError, isAppError } from "@/lib/platform/errors";

/** The track that a form asks for; throws with the field that it is about. */
export function trackIn(form: FormData): TrackRequest {
  const track = chosenIn(form, "track", ["follow", "range", "pin"]);
  switch (track) {
    case "follow":
      return { track };
    case "range":
      return { track, range: rangeIn(form) };
    case "pin": {
      const [tag, digest] = textOf(form, "pin").split("@", 2);
      return tag && digest ? { track, pin: { tag, digest } } : { track };
    }
  }
}

function rangeIn(form: FormData): string {
  const range = textOf(form, "range").trim();
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
