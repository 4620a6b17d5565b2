import type { Catalog } from "@/lib/catalog/catalog";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { hasCode } from "@/lib/platform/errors";
import type { Ready } from "@/lib/process/initialize";
import type { ServeCachedPage } from "@/lib/process/page-cache/serve-cached-page";
import type { PageHandler } from "@/lib/process/page-handler";

/** State that the start fills in step by step, while requests are already served. */
export type Progress = {
  pages?: PageHandler;
  serveCachedPage?: ServeCachedPage;
  ready?: Ready | undefined;
  /** Set when the database did not respond immediately. */
  refused?: true;
  stopping: AbortController;
};

/** Undefined before the first snapshot. */
export function currentSnapshot(catalog: Catalog): Snapshot | undefined {
  try {
    return catalog.current();
  } catch (error) {
    if (hasCode(error, "starting")) return undefined;
    throw error;
  }
}
