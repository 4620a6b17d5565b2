import type { HostOs } from "@/lib/extension/capabilities";

/** metadata.json in its understood parts; unknown keys become findings, not fields. */
export type Metadata = {
  icon: string | null;
  ui: { title: string; root: string; src: string; backendSocket: string | null } | null;
  vm: { image: string | null; composefile: string | null; exposesSocket: string | null } | null;
  hostBinaries: { os: HostOs; path: string }[];
};
