import type { FetchedPicture, VisitedLink } from "@/lib/media/media-port";
import type { PictureShape } from "@/lib/media/picture-shape";

/** An image that a label names. `position`: the screenshot's number, counted from 1. */
export type NamedPicture = { url: string; alt: string; shape: PictureShape; position: number | null };

/** One outcome for each image and link, in the order of the labels. */
export type CheckedMedia = {
  pictures: { named: NamedPicture; outcome: FetchedPicture }[];
  links: { title: string; url: string; outcome: VisitedLink }[];
};
