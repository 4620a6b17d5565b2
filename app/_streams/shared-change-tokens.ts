/** Batches the reads of submission streams: a few queries per second, however many streams are open. */

import { setTimeout as sleep } from "node:timers/promises";
import { noSuchSubmission } from "@/lib/marketplace/rows/submission-row";
import { readChangeTokens } from "@/lib/marketplace/submissions/change-token";
import type { Database } from "@/lib/platform/db/database";
import { singleton } from "@/lib/platform/singleton";

type Batch = { ids: Set<string>; tokens: Promise<ReadonlyMap<string, string>> };

export type ReadChangeTokens = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** How long a read waits for others to join its batch. */
const BATCH_MS = 500;

const readers = singleton<WeakMap<Database, (id: string) => Promise<string>>>("shared-change-tokens");

/** The change token of a submission. The caller has checked that the user can see it. */
export function sharedChangeToken(db: Database, id: string): Promise<string> {
  const all = readers.peek() ?? new WeakMap<Database, (id: string) => Promise<string>>();
  readers.set(all);
  const reader = all.get(db) ?? createSharedReader((ids) => readChangeTokens(db, ids));
  all.set(db, reader);
  return reader(id);
}

export function createSharedReader(
  readMany: ReadChangeTokens,
  batchMs = BATCH_MS,
): (id: string) => Promise<string> {
  let pending: Batch | undefined;
  function begin(): Batch {
    const ids = new Set<string>();
    const tokens = sleep(batchMs).then(() => {
      pending = undefined;
      return readMany([...ids]);
    });
    return { ids, tokens };
  }
  return async (id) => {
    pending ??= begin();
    const { ids, tokens } = pending;
    ids.add(id);
    const token = (await tokens).get(id);
    if (token === undefined) throw noSuchSubmission();
    return token;
  };
}
