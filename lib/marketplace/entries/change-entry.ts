/** Changing what an entry says: its state, its track, its expiry. */

import { admitsNoMore } from "@/lib/extension/offer/track";
import { parseRepository } from "@/lib/extension/reference/repository";
import { type EntryEvent, nextEntryState } from "@/lib/extension/states/entry";
import { authorize } from "@/lib/identity/permissions";
import { higherRole } from "@/lib/identity/role-rank";
import { actorRole } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { type EntryView, viewEntry } from "@/lib/marketplace/entries/entry-view";
import { refusePast } from "@/lib/marketplace/entries/future-expiry";
import { readTrackRequest, type TrackRequest } from "@/lib/marketplace/entries/track-request";
import { publishChange } from "@/lib/marketplace/publishing/catalog-change";
import { recordDecision } from "@/lib/marketplace/rows/decision-row";
import { trackOf } from "@/lib/marketplace/rows/entry-facts";
import { lockRepository, nameOf } from "@/lib/marketplace/rows/extension-row";
import { refuseHigherDecision } from "@/lib/marketplace/rows/higher-decision";
import { trackColumns } from "@/lib/marketplace/rows/json-columns";
import { refuseOwn } from "@/lib/marketplace/rows/own-submission";
import { queueScan } from "@/lib/marketplace/scans/scan-row";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Entry, EntryState, Extension, Role } from "@/lib/platform/prisma/client";

export type ChangeEntryInput = {
  repository: string;
  reason: string;
  state?: "active" | "suspended" | "revoked" | undefined;
  track?: TrackRequest | undefined;
  /** null removes the expiry. */
  expiresAt?: Date | null | undefined;
};

/**
 * Changes state, track or expiry; at least one of them. A revoked entry comes back only by a new decision. Throws
 * `higher_role_decision` for resuming what a higher role stopped, and `own_submission` for admitting more of one's own.
 */
export async function changeEntry(ctx: Context, input: ChangeEntryInput): Promise<EntryView> {
  return transact(ctx.db, async (tx) => {
    authorize(ctx.actor, "entry.change");
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const entry = await requireEntry(tx, extension);
    const change = await readChange(tx, ctx, extension, entry, input);
    const ownSubmission = admitsMore(entry, change) && (await refuseOwn(tx, ctx, extension.id));
    const after = await tx.entry.update({ where: { id: entry.id }, data: change });
    if (after.state === "active") await queueScan(tx, ctx, extension.id, "request");
    await publishChange(tx, ctx, extension.id, "change");
    await recordDecision(tx, ctx, {
      extensionId: extension.id,
      kind: "entry.change",
      reason: input.reason,
      data: summary(after),
    });
    await appendMessage(tx, {
      kind: "entry.changed",
      payload: { repository: extension.repository, ...summary(after) },
    });
    await appendAudit(tx, ctx, {
      action: "entry.change",
      subject: { kind: "extension", id: nameOf(extension) },
      before: summary(entry),
      after: { ...summary(after), ...(ownSubmission ? { ownSubmission } : {}) },
      reason: input.reason,
    });
    return viewEntry(extension, after);
  });
}

async function requireEntry(tx: Tx, extension: Extension): Promise<Entry> {
  const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
  if (entry) return entry;
  throw new AppError("not_found", `${nameOf(extension)} has no entry in the allow-list.`, {
    suggestion: "Approve its submission, or add it to the allow-list.",
    apiHint: "Approve its submission, or add it with POST /api/v1/allow-list.",
  });
}

async function readChange(tx: Tx, ctx: Context, extension: Extension, entry: Entry, input: ChangeEntryInput) {
  if (input.state === undefined && input.track === undefined && input.expiresAt === undefined) {
    throw new AppError("invalid_input", "No changes were requested.", {
      suggestion: "Change at least one field.",
      apiHint: "Send state, track or expiresAt.",
    });
  }
  refusePast(ctx, input.expiresAt ?? undefined);
  if (input.state === undefined && entry.state === "revoked") throw revoked();
  const state = nextState(entry, input);
  const track = input.track ? await existingTrack(tx, extension, input.track) : undefined;
  return {
    state,
    decidedBy: decidedBy(ctx, entry, state),
    ...(track ? trackColumns(track) : {}),
    ...(input.expiresAt === undefined ? {} : { expiresAt: input.expiresAt }),
    reason: input.reason,
  };
}

const EVENTS = { active: "resume", suspended: "suspend", revoked: "revoke" } as const satisfies Record<
  string,
  EntryEvent
>;

/** A later expiry renews an expired entry; requesting the current state changes nothing. */
function nextState(entry: Entry, input: ChangeEntryInput): EntryState {
  if (entry.state === "expired" && input.expiresAt !== undefined && input.state !== "revoked")
    return nextEntryState(entry.state, "renew");
  if (input.state === undefined || input.state === entry.state) return entry.state;
  return nextEntryState(entry.state, EVENTS[input.state]);
}

/** The role behind a suspension or revocation; the higher one of two. No one lifts a higher role's decision. */
function decidedBy(ctx: Context, entry: Entry, state: EntryState): Role | null {
  if (state === entry.state) return entry.decidedBy;
  const stops = state === "suspended" || state === "revoked";
  if (stops) return higherRole(entry.decidedBy, actorRole(ctx.actor));
  refuseHigherDecision(ctx, { what: `This entry was ${entry.state}`, decidedBy: entry.decidedBy });
  return null;
}

/** Whether the entry admits something after the change, or for longer, that it did not admit before. */
function admitsMore(before: Entry, change: Pick<Entry, "state"> & Partial<Entry>): boolean {
  const after = { ...before, ...change };
  const comesBack = after.state === "active" && before.state !== "active";
  return comesBack || !admitsNoMore(trackOf(before), trackOf(after)) || endOf(after) > endOf(before);
}

function endOf({ expiresAt }: Entry): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

/** A pin must name a version that Gantry has seen; anything else would empty the entry by a typing error. */
async function existingTrack(tx: Tx, extension: Extension, request: TrackRequest) {
  const track = readTrackRequest(request, undefined);
  if (track.kind !== "pin") return track;
  const version = await tx.version.findFirst({
    where: { extensionId: extension.id, tag: track.tag, digest: track.digest },
  });
  if (version) return track;
  throw new AppError("not_found", `There is no version ${track.tag} with the digest ${track.digest}.`, {
    suggestion: "Pin a tag and digest that the versions list shows.",
  });
}

function revoked(): AppError {
  return new AppError("illegal_state", "This entry is revoked.", {
    suggestion: "Add the repository again. Gantry will inspect it again.",
  });
}

function summary(entry: Entry) {
  return { state: entry.state, track: trackOf(entry), expiresAt: entry.expiresAt?.toISOString() ?? null };
}
