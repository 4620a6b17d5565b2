export const ODDITIES = [
  "duplicate",
  "beside_whiteout",
  "under_other",
  "hardlink_order",
  "outside_root",
  "through_link",
  "unread_folder",
  "opaque_root",
  "extended_headers",
  "doubtful_prefix",
  "hidden_content",
  "sparse_file",
  "slash_file",
  "global_header",
  "aufs_name",
  "overlay_mark",
] as const;

/**
 * Why unpackers may disagree on what a layer does at a path and below it. At `""` it concerns the whole image.
 *
 * What the entries say together. `duplicate`: several entries of that name · `beside_whiteout`: the layer both has the
 * path and deletes it · `under_other`: something lies below a path that is no folder; at `""` where it is a link, since
 * the entries then land elsewhere, and where it is a FIFO or device, which some unpackers open and wait at forever ·
 * `hardlink_order`: a hard link to a file that the layer does not hold before it, or deletes · `outside_root`: a name that leads out of the root or deletes the root (noted at `""`) · `through_link`: a
 * layer puts or deletes something below a folder that it does not hold, and which is no folder in the layers below · `unread_folder`: the
 * same, where a layer below is broken, so that it is not known what the folder is · `opaque_root`: a
 * layer empties the root, which the kernel's overlay file system does not heed.
 *
 * What one entry says. `extended_headers`: its PAX and GNU headers contradict one another, or a global one names files ·
 * `doubtful_prefix`: bytes that only some readers take for a part of the name · `hidden_content`: a link or folder with
 * content, which only some readers pass over · `sparse_file`: GNU's PAX format for files with holes · `slash_file`: a
 * file whose name ends in a slash · `global_header`: some unpackers remove what is at a global header's name ·
 * `aufs_name`: a name that AUFS keeps for itself · `overlay_mark`: what the kernel's overlay file system takes for a
 * deletion or a cover.
 */
export type Oddity = (typeof ODDITIES)[number];
