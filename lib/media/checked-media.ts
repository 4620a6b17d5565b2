import type { FetchedPicture, VisitedLink } from "@/lib/media/media-port";
import type { PictureShape } from "@/lib/media/picture-shape";

/** A picture that a label names. `position` of a screenshot, from 1. */
export type NamedPicture = { url: string; alt: string; shape: PictureShape; position: number | null };

/** One outcome for each named picture and link, in their order. */
export type CheckedMedia = {
  pictures: { named: NamedPicture; outcome: FetchedPicture }[];
  links: { title: string; url: string; outcome: VisitedLink }[];
};
