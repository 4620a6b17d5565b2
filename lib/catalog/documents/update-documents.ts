/** Request and response of the update check, as clients send and receive them. */

import type { OfferDocument } from "@/lib/catalog/documents/documents";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { UpdateAction } from "@/lib/extension/offer/update-check";
import type { Channel } from "@/lib/extension/reference/semver";

/** The machine to check for. Exactly one of `desktop` and `api` is set. */
export type UpdateClient = {
  desktop?: string | undefined;
  api?: string | undefined;
  arch: string;
  os?: HostOs | undefined;
  /** Absent: the channel of each installed version. */
  channel?: Channel | undefined;
};

export type UpdateTarget = NonNullable<OfferDocument["offer"]> & { repository: string };

export type UpdateItem = {
  /** As sent; null when it was not a string. */
  repository: string | null;
  tag: string | null;
  action: UpdateAction;
  /** What to install instead, if anything. */
  target: UpdateTarget | null;
  reason: { code: string; message: string; minimumDesktop: string | null };
  deprecated: { message: string; replacement: string | null } | null;
  /** The extension's new repository, if it moved. */
  movedTo: string | null;
};
