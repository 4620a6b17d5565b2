/** What became of the pictures and links that labels name. Addresses are those of the labels. */
export type MediaReport = {
  /** Null where the label names no usable address. */
  icon: PictureReport | null;
  /** In the order of the label. */
  screenshots: PictureReport[];
  /** Publisher URL first, then the additional ones. */
  links: LinkReport[];
};

/**
 * `stored`: Gantry holds a copy that it made itself. `dead`: its server says that it is not there for everyone.
 * `unusable`: what is there is no picture that can be shown. `not_checked`: no answer, which is nobody's fault.
 */
export type PictureReport = { url: string; alt: string } & (
  | { outcome: "stored"; picture: StoredPicture }
  | { outcome: "dead" | "unusable" | "not_checked"; why: string }
);

export type StoredPicture = {
  sha256: string;
  contentType: "image/png" | "image/webp";
  sizeBytes: number;
  /** Of the copy, in pixels. */
  width: number;
  height: number;
};

/** `dead`: its server says that there is no such page. `why` is a part of a sentence. */
export type LinkReport = { title: string; url: string } & (
  | { outcome: "reachable" }
  | { outcome: "dead" | "not_checked"; why: string }
);

export const NO_MEDIA: MediaReport = { icon: null, screenshots: [], links: [] };
