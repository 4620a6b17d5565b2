import type { LinkReport, MediaReport, PictureReport } from "@/lib/extension/report/media-report";

/**
 * What became of a picture or page that a label names. `fine`: it is there and can be shown; `dead`: its server says that
 * it is not there for everyone; `unusable`: what is there is no picture that can be shown; `not_checked`: no answer,
 * which is no one's fault.
 */
export type CheckedMediaDocument = {
  use: "icon" | "screenshot" | "link";
  /** Of a screenshot its text, of a link its title: untrusted text. */
  title: string;
  /** The label's address, and never one of ours. */
  url: string;
  outcome: "fine" | "dead" | "unusable" | "not_checked";
  /** A part of a sentence; null when it is fine. */
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
