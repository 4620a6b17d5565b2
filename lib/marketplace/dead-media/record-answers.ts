/** What came of asking for addresses again. Its people hear of it once; nothing is unlisted for it. */

import {
  type AddressAnswer,
  type AddressFailures,
  afterAnswer,
} from "@/lib/extension/reachability/broken-link";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import type { AddressToCheck } from "@/lib/marketplace/dead-media/addresses-to-check";
import { viewDeadMedia } from "@/lib/marketplace/dead-media/dead-media";
import { nameOf } from "@/lib/marketplace/rows/extension-name";
import { lockExtension } from "@/lib/marketplace/rows/extension-row";
import { sha256Hex } from "@/lib/platform/crypto";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import type { Extension, MediaFailure } from "@/lib/platform/prisma/client";

export type AnsweredAddress = { address: AddressToCheck; answer: AddressAnswer };

/** `answers`: one for each address that is named now; what is held against others is forgotten. */
export async function recordMediaAnswers(
  ctx: Context,
  { extensionId, answers }: { extensionId: string; answers: readonly AnsweredAddress[] },
): Promise<void> {
  await transact(ctx.db, async (tx) => {
    const extension = await lockExtension(tx, extensionId);
    const before = await failuresOf(tx, extensionId);
    const known = new Map(before.map((row) => [row.addressHash, row]));
    const after = answers.flatMap(
      (answered) => failureAfter(extensionId, answered, known, ctx.clock.now()) ?? [],
    );
    await replaceFailures(tx, extensionId, before, after);
    await tellChange(tx, ctx, extension, before, after);
  });
}

function failuresOf(tx: Tx, extensionId: string): Promise<MediaFailure[]> {
  return tx.mediaFailure.findMany({
    where: { extensionId },
    orderBy: [{ firstFailedAt: "asc" }, { addressHash: "asc" }],
  });
}

function failureAfter(
  extensionId: string,
  { address, answer }: AnsweredAddress,
  known: ReadonlyMap<string, MediaFailure>,
  now: Date,
): MediaFailure | undefined {
  const { url, use, name, label, tag } = address;
  const addressHash = sha256Hex(url);
  const row = known.get(addressHash);
  const held = row && failures(row);
  const failed = afterAnswer(held, answer, now);
  if (failed === undefined) return undefined;
  const { times, since, last, why, deadSince } = failed;
  return {
    ...{ extensionId, addressHash, address: url, use, name, label, tag, why, deadSince },
    ...{ failures: times, firstFailedAt: since, lastFailedAt: last },
  };
}

function failures(row: MediaFailure): AddressFailures {
  const { failures: times, firstFailedAt: since, lastFailedAt: last, why, deadSince } = row;
  return { times, since, last, why, deadSince };
}

async function replaceFailures(
  tx: Tx,
  extensionId: string,
  before: readonly MediaFailure[],
  after: readonly MediaFailure[],
): Promise<void> {
  const written = new Set(before.map(essence));
  const changed = after.filter((row) => !written.has(essence(row)));
  const kept = new Set(after.map(({ addressHash }) => addressHash));
  const stale = [...before.filter(({ addressHash }) => !kept.has(addressHash)), ...changed].map(
    ({ addressHash }) => addressHash,
  );
  if (stale.length > 0)
    await tx.mediaFailure.deleteMany({ where: { extensionId, addressHash: { in: stale } } });
  if (changed.length > 0) await tx.mediaFailure.createMany({ data: changed });
}

function essence(row: MediaFailure): string {
  const { addressHash, use, name, label, tag, why, failures: times, lastFailedAt, deadSince } = row;
  return JSON.stringify([addressHash, use, name, label, tag, why, times, lastFailedAt, deadSince]);
}

/** Once for each run that finds another set of dead addresses than the one before. */
async function tellChange(
  tx: Tx,
  ctx: Context,
  extension: Extension,
  before: readonly MediaFailure[],
  after: readonly MediaFailure[],
): Promise<void> {
  const [was, is] = [deadHashes(before), deadHashes(after)];
  const died = after.filter(({ addressHash }) => is.has(addressHash) && !was.has(addressHash));
  const over = before.filter(({ addressHash }) => was.has(addressHash) && !is.has(addressHash));
  if (died.length + over.length === 0) return;
  const repository = nameOf(extension);
  const action = died.length > 0 ? "extension.media_dead" : "extension.media_recovered";
  await appendMessage(tx, {
    kind: action,
    payload: { repository, died: viewDeadMedia(died), over: viewDeadMedia(over), dead: viewDeadMedia(after) },
  });
  await appendAudit(tx, ctx, {
    action,
    subject: { kind: "extension", id: repository },
    before: { deadMedia: viewDeadMedia(before) },
    after: { deadMedia: viewDeadMedia(after) },
  });
}

function deadHashes(rows: readonly MediaFailure[]): Set<string> {
  return new Set(rows.flatMap(({ addressHash, deadSince }) => (deadSince === null ? [] : [addressHash])));
}
