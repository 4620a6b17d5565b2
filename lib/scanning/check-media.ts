/** The job that asks again for the pictures and links of what is listed, once a day for each extension. */

import type { NamedAddress } from "@/lib/extension/labels/named-addresses";
import type { AddressAnswer } from "@/lib/extension/reachability/broken-link";
import type { Context } from "@/lib/journal/context";
import { addressesToCheck } from "@/lib/marketplace/dead-media/addresses-to-check";
import { recordMediaAnswers } from "@/lib/marketplace/dead-media/record-answers";
import { MEDIA_LIMITS } from "@/lib/media/media-limits";
import type { FetchedPicture, MediaPort, VisitedLink } from "@/lib/media/media-port";
import { ICON, SCREENSHOT } from "@/lib/media/picture-shape";
import { mapConcurrently } from "@/lib/platform/map-concurrently";

export type MediaCheckInput = { extensionId: string; media: MediaPort; signal: AbortSignal };

/** Pictures are only looked at: what visitors see is the copy that the inspection stored. */
export async function checkMedia(
  ctx: Context,
  { extensionId, media, signal }: MediaCheckInput,
): Promise<void> {
  const addresses = await addressesToCheck(ctx, { extensionId });
  if (addresses === undefined) return;
  const answers = await mapConcurrently(addresses, MEDIA_LIMITS.parallel, async (address) => ({
    address,
    answer: answerOf(await ask(media, address, signal)),
  }));
  await recordMediaAnswers(ctx, { extensionId, answers });
}

function ask(
  media: MediaPort,
  { url, use }: NamedAddress,
  signal: AbortSignal,
): Promise<FetchedPicture | VisitedLink> {
  switch (use) {
    case "icon":
      return media.picture(url, ICON, signal);
    case "screenshot":
      return media.picture(url, SCREENSHOT, signal);
    case "link":
      return media.link(url, signal);
  }
}

function answerOf(outcome: FetchedPicture | VisitedLink): AddressAnswer {
  switch (outcome.kind) {
    case "drawn":
    case "reachable":
      return { kind: "fine" };
    case "dead":
    case "unusable":
      return { kind: "failed", why: outcome.why };
    // This network's own name server may lead it there, which is not its publisher's doing.
    case "forbidden":
    case "not_checked":
      return { kind: "unknown" };
  }
}
