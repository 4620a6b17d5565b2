import type { Finding } from "@/lib/extension/findings/finding";
import type { ExtensionLabels } from "@/lib/extension/labels/labels";
import type { LinkReport, MediaReport, PictureReport } from "@/lib/extension/report/media-report";
import type { CheckedMedia, NamedPicture } from "@/lib/media/checked-media";
import type { Media } from "@/lib/media/drawing/draw-picture";
import { mediaFindings } from "@/lib/media/media-findings";
import { MEDIA_LIMITS } from "@/lib/media/media-limits";
import type { MediaPort } from "@/lib/media/media-port";
import { ICON, SCREENSHOT } from "@/lib/media/picture-shape";
import { mapConcurrently } from "@/lib/platform/map-concurrently";

export type LabelMedia = { report: MediaReport; media: Media[]; findings: Finding[] };

/**
 * Fetches the icon and screenshots that labels name and checks that their links work, all within `MEDIA_LIMITS.allMs`.
 * Without a port, nothing is fetched and everything is `not_checked`. Throws only the signal's reason.
 */
export async function readLabelMedia(
  labels: ExtensionLabels,
  port: MediaPort | undefined,
  signal: AbortSignal,
): Promise<LabelMedia> {
  const timeout = AbortSignal.timeout(MEDIA_LIMITS.allMs);
  const within = AbortSignal.any([signal, timeout]);
  const inTime = async <Outcome>(ask: (port: MediaPort) => Promise<Outcome>): Promise<Outcome | NotAsked> => {
    if (port === undefined) return NO_WAY;
    try {
      return await ask(port);
    } catch (error) {
      if (!timeout.aborted || signal.aborted) throw error;
      return TOO_LATE;
    }
  };
  const [pictures, links] = await Promise.all([
    mapConcurrently(namedPictures(labels), MEDIA_LIMITS.parallel, async (named) => ({
      named,
      outcome: await inTime((way) => way.picture(named.url, named.shape, within)),
    })),
    mapConcurrently(namedLinks(labels), MEDIA_LIMITS.parallel, async (link) => ({
      ...link,
      outcome: await inTime((way) => way.link(link.url, within)),
    })),
  ]);
  const checked: CheckedMedia = { pictures, links };
  return { report: reportOf(checked), media: copiesOf(checked), findings: mediaFindings(checked) };
}

type NotAsked = { kind: "not_checked"; why: string };
const NO_WAY: NotAsked = { kind: "not_checked", why: "this inspection contacts the registry only" };
const TOO_LATE: NotAsked = { kind: "not_checked", why: "the time limit for images and links was reached" };

function namedPictures({ icon, screenshots }: ExtensionLabels): NamedPicture[] {
  const icons = icon === null ? [] : [{ url: icon, alt: "", shape: ICON, position: null }];
  return [
    ...icons,
    ...screenshots.map(({ url, alt }, index) => ({ url, alt, shape: SCREENSHOT, position: index + 1 })),
  ];
}

function namedLinks({ publisherUrl, additionalUrls }: ExtensionLabels): { title: string; url: string }[] {
  return [...(publisherUrl === null ? [] : [{ title: "Publisher", url: publisherUrl }]), ...additionalUrls];
}

function reportOf({ pictures, links }: CheckedMedia): MediaReport {
  const reports = pictures.map((each) => ({
    isIcon: each.named.position === null,
    report: pictureReport(each),
  }));
  return {
    icon: reports.find(({ isIcon }) => isIcon)?.report ?? null,
    screenshots: reports.filter(({ isIcon }) => !isIcon).map(({ report }) => report),
    links: links.map(({ title, url, outcome }): LinkReport => {
      return outcome.kind === "reachable"
        ? { title, url, outcome: "reachable" }
        : { title, url, outcome: outcome.kind, why: outcome.why };
    }),
  };
}

function pictureReport({ named: { url, alt }, outcome }: CheckedMedia["pictures"][number]): PictureReport {
  if (outcome.kind !== "drawn") {
    const kind = outcome.kind === "forbidden" ? "unusable" : outcome.kind;
    return { url, alt, outcome: kind, why: outcome.why };
  }
  const { media, width, height } = outcome;
  const { sha256, contentType, bytes } = media;
  return {
    url,
    alt,
    outcome: "stored",
    picture: { sha256, contentType, sizeBytes: bytes.length, width, height },
  };
}

function copiesOf({ pictures }: CheckedMedia): Media[] {
  const copies = pictures.flatMap(({ outcome }) => (outcome.kind === "drawn" ? [outcome.media] : []));
  return [...new Map(copies.map((media) => [media.sha256, media])).values()];
}
