/** Results for the images and links in labels. URLs are those of the labels. */
export type MediaReport = {
  /** Null when the label has no usable URL. */
  icon: PictureReport | null;
  /** In label order. */
  screenshots: PictureReport[];
  /** Publisher URL first, then the additional ones. */
  links: LinkReport[];
};

/**
 * `stored`: Gantry has its own copy. `dead`: the server reports that the image is missing or not public. `unusable`:
 * the file is not an image that can be displayed. `not_checked`: no answer, which is not the publisher's fault.
 */
export type PictureReport = { url: string; alt: string } & (
  | { outcome: "stored"; picture: StoredPicture }
  | { outcome: "dead" | "unusable" | "not_checked"; why: string }
);

export type StoredPicture = {
  sha256: string;
  contentType: "image/png" | "image/webp";
  sizeBytes: number;
  /** Size of the copy in pixels. */
  width: number;
  height: number;
};

/** `dead`: the server reports that the page does not exist. `why` is part of a sentence. */
export type LinkReport = { title: string; url: string } & (
  | { outcome: "reachable" }
  | { outcome: "dead" | "not_checked"; why: string }
);

export const NO_MEDIA: MediaReport = { icon: null, screenshots: [], links: [] };
