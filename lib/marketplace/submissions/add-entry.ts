import { parseDigest } from "@/lib/extension/reference/digest";
import { authorize } from "@/lib/identity/permissions";
import type { Context } from "@/lib/journal/context";
import { refusePast } from "@/lib/marketplace/entries/future-expiry";
import { readTrackRequest, type TrackRequest } from "@/lib/marketplace/entries/track-request";
import { acceptedRepository, openSubmission, type Submitted } from "@/lib/marketplace/submissions/submit";
import { AppError } from "@/lib/platform/errors";

export type AddEntryInput = {
  repository: string;
  track: TrackRequest;
  expiresAt?: Date | undefined;
  reason: string;
  /** the digest that the admin reviewed. Without it, only what needs no person is listed. */
  expectedDigest?: string | undefined;
};

/**
 * Opens a submission that is approved automatically once its check passes, if the adder is still an admin by then. A
 * candidate that requires a review goes to the review queue, unless `expectedDigest` says that the admin reviewed it. Throws
 * `own_submission` for an extension that the adder submitted.
 */
export async function addEntry(ctx: Context, input: AddEntryInput): Promise<Submitted> {
  authorize(ctx.actor, "entry.add");
  readTrackRequest(input.track, { tag: "", digest: "" });
  refusePast(ctx, input.expiresAt);
  return openSubmission(ctx, acceptedRepository(ctx, input.repository), {
    track: input.track,
    expiresAt: input.expiresAt?.toISOString() ?? null,
    reason: input.reason,
    expectedDigest: readDigest(input.expectedDigest),
  });
}

function readDigest(text: string | undefined): string | null {
  if (text === undefined) return null;
  const digest = parseDigest(text);
  if (digest !== undefined) return digest;
  throw new AppError("invalid_input", "This is not an image digest.", {
    suggestion: "Use the form sha256: followed by 64 hexadecimal digits.",
    details: { field: "expectedDigest" },
  });
}
