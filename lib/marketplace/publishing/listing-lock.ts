import { lockExclusively, lockShared } from "@/lib/platform/db/advisory-locks";
import type { Tx } from "@/lib/platform/db/database";

/** Writers of listing events take this before they read the database's time, and hold it until they commit. */
export async function lockListingEvents(tx: Tx): Promise<void> {
  await lockExclusively(tx, "listingEvents");
}

/** Waits for writers that already have their time but have not committed; readers do not wait for each other. */
export async function waitForListingEvents(tx: Tx): Promise<void> {
  await lockShared(tx, "listingEvents");
}
