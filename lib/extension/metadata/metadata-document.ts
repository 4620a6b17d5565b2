import type { HostOs } from "@/lib/extension/metadata/host-os";

/** metadata.json as far as Gantry interprets it. Unknown keys become findings, not fields. */
export type Metadata = {
  /** A path in the image, such as `/icon.svg`. All paths are normalized and stay under the image's root. */
  icon: string | null;
  /** `root` is a folder in the image, `src` the page relative to it, without leading slash and query. */
  ui: { title: string; root: string; src: string; backendSocket: string | null } | null;
  /** `image` may be `${DESKTOP_PLUGIN_IMAGE}`, the extension's own image. */
  vm: { image: string | null; composefile: string | null; exposesSocket: string | null } | null;
  /** A path with a trailing slash names a folder. */
  hostBinaries: { os: HostOs; path: string }[];
  /** Places that Gantry could not interpret, such as `host.binaries[0].cmd`; bounded, in reading order. */
  notUnderstood: string[];
};
