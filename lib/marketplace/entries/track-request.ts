import { z } from "zod";
import { parseTrackRange, type Track } from "@/lib/extension/offer/track";
import { AppError } from "@/lib/platform/errors";

/** A track as a person requests it. The default is `follow`; a bare `pin` pins the candidate. */
export const trackRequestSchema = z.strictObject({
  track: z.enum(["follow", "range", "pin"]).optional(),
  range: z.string().trim().min(1).max(256).optional(),
  pin: z.strictObject({ tag: z.string().min(1).max(128), digest: z.string().min(1).max(200) }).optional(),
});

export type TrackRequest = z.infer<typeof trackRequestSchema>;

/** The track that `request` asks for; `candidate` is what a bare `pin` pins. */
export function readTrackRequest(
  request: TrackRequest,
  candidate: { tag: string; digest: string } | undefined,
): Track {
  const kind = request.track ?? (request.pin ? "pin" : request.range ? "range" : "follow");
  if (kind !== "range" && request.range !== undefined) throw contradiction("range", kind);
  if (kind !== "pin" && request.pin !== undefined) throw contradiction("pin", kind);
  switch (kind) {
    case "follow":
      return { kind };
    case "range": {
      const range = request.range ?? "";
      parseTrackRange(range);
      return { kind, range };
    }
    case "pin": {
      const pin = request.pin ?? candidate;
      if (pin) return { kind, tag: pin.tag, digest: pin.digest };
      throw new AppError("invalid_input", "A pin needs a tag and a digest.", {
        suggestion: "Enter the tag and the digest to pin.",
        apiHint: 'Send "pin": {"tag": …, "digest": …}.',
      });
    }
  }
}

function contradiction(field: string, kind: string): AppError {
  return new AppError("invalid_input", `"${field}" cannot be used with the track "${kind}".`, {
    suggestion: "Clear the field, or choose the track that it belongs to.",
    apiHint: `Omit "${field}", or set "track": "${field}".`,
  });
}
