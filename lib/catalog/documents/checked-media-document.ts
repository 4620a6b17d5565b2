import type { LinkReport, MediaReport, PictureReport } from "@/lib/extension/report/media-report";

/**
 * The result of checking an image or link named by a label. `fine`: reachable and usable. `dead`: its server says that
 * it does not exist, or is not public. `unusable`: not an image that can be shown. `not_checked`: no response, so the
 * result is unknown.
 */
export type CheckedMediaDocument = {
  use: "icon" | "screenshot" | "link";
  /** A screenshot's alt text or a link's title: untrusted. */
  title: string;
  /** The label's URL, never one of this instance. */
  url: string;
  outcome: "fine" | "dead" | "unusable" | "not_checked";
  /** A sentence fragment; null when fine. */
  why: string | null;
};

/** Icon, screenshots and links, in the order of their labels. */
export function checkedMediaDocuments({ icon, screenshots, links }: MediaReport): CheckedMediaDocument[] {
  return [
    ...(icon === null ? [] : [pictureDocument("icon", icon)]),
    ...screenshots.map((shot) => pictureDocument("screenshot", shot)),
    ...links.map(linkDocument),
  ];
}

function pictureDocument(use: "icon" | "screenshot", picture: PictureReport): CheckedMediaDocument {
  const { url, alt: title } = picture;
  return picture.outcome === "stored"
    ? { use, title, url, outcome: "fine", why: null }
    : { use, title, url, outcome: picture.outcome, why: picture.why };
}

function linkDocument(link: LinkReport): CheckedMediaDocument {
  const { url, title } = link;
  return link.outcome === "reachable"
    ? { use: "link", title, url, outcome: "fine", why: null }
    : { use: "link", title, url, outcome: link.outcome, why: link.why };
}
