/** The update check's question and answer, field by field as clients send and get them. */

import type { OfferDocument } from "@/lib/catalog/documents/documents";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { UpdateAction } from "@/lib/extension/offer/update-check";
import type { Channel } from "@/lib/extension/reference/semver";

/** The machine that asks; one of `desktop` and `api` is given. */
export type UpdateClient = {
  desktop?: string | undefined;
  api?: string | undefined;
  arch: string;
  os?: HostOs | undefined;
  /** Absent: each installed version's own. */
  channel?: Channel | undefined;
};

export type UpdateTarget = NonNullable<OfferDocument["offer"]> & { repository: string };

export type UpdateItem = {
  /** As sent; null when it was no text. */
  repository: string | null;
  tag: string | null;
  action: UpdateAction;
  /** What to install instead. */
  target: UpdateTarget | null;
  reason: { code: string; message: string; minimumDesktop: string | null };
  deprecated: { message: string; replacement: string | null } | null;
  /** Where the extension is now, when it has moved. */
  movedTo: string | null;
};
