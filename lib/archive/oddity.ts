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
 * Why unpackers can disagree on what a layer does at a path and below it. At `""` it affects the whole image.
 *
 * About several entries. `duplicate`: several entries have the name. `beside_whiteout`: the layer both has the path
 * and deletes it. `under_other`: the layer has something below a path that is not a folder; noted at `""` if that is
 * a link, since the entries then land elsewhere, and if it is a FIFO or device, which some unpackers open and block
 * on. `hardlink_order`: a hard link to a file that the layer deletes, or does not contain before the link.
 * `outside_root`: a name that leaves the root or deletes the root (noted at `""`). `through_link`: the layer writes
 * or deletes below a folder that it does not contain, and that is not a folder in the layers below. `unread_folder`:
 * the same, but a corrupt lower layer leaves open what the folder is. `opaque_root`: the layer empties the root,
 * which the kernel's overlay file system ignores.
 *
 * About one entry. `extended_headers`: its PAX and GNU headers conflict, or a global header names files.
 * `doubtful_prefix`: bytes that only some readers treat as part of the name. `hidden_content`: a link or folder with
 * content, which only some readers skip. `sparse_file`: GNU's PAX format for files with holes. `slash_file`: a file
 * whose name ends with a slash. `global_header`: some unpackers delete what is at a global header's name.
 * `aufs_name`: a name reserved by AUFS. `overlay_mark`: a marker that the kernel's overlay file system treats as a
 * deletion or cover.
 */
export type Oddity = (typeof ODDITIES)[number];
