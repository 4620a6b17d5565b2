/** The allow-list by an admin's hand: adding directly, and changing what an entry says. */

import { parseRepository } from "@/lib/extension/repository";
import { type EntryEvent, nextEntryState } from "@/lib/extension/states/entry";
import { authorise } from "@/lib/identity/permissions";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { appendMessage } from "@/lib/journal/outbox";
import { touchCatalog } from "@/lib/marketplace/catalog-change";
import { recordDecision } from "@/lib/marketplace/decision-row";
import { trackOf } from "@/lib/marketplace/entry-facts";
import { type EntryView, viewEntry } from "@/lib/marketplace/entry-view";
import { nameOf } from "@/lib/marketplace/extension-name";
import { lockRepository } from "@/lib/marketplace/extension-row";
import { startScan } from "@/lib/marketplace/scans/scan-row";
import { trackColumns } from "@/lib/marketplace/stored";
import { acceptedRepository, openSubmission, type Submitted } from "@/lib/marketplace/submit";
import { readTrackRequest, type TrackRequest } from "@/lib/marketplace/track-request";
import type { Tx } from "@/lib/platform/db/database";
import { transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Entry, EntryState, Extension } from "@/lib/platform/prisma/client";

export type AddEntryInput = {
  repository: string;
  track: TrackRequest;
  expiresAt?: Date | undefined;
  reason: string;
};

/** Opens a submission that is approved by itself once its check passes: nothing gets onto the list unseen. */
export async function addEntry(ctx: Context, input: AddEntryInput): Promise<Submitted> {
  authorise(ctx.actor, "entry.change");
  readTrackRequest(input.track, { tag: "", digest: "" });
  refusePast(ctx, input.expiresAt);
  return openSubmission(ctx, acceptedRepository(ctx, input.repository), {
    track: input.track,
    expiresAt: input.expiresAt?.toISOString() ?? null,
    reason: input.reason,
  });
}

export type ChangeEntryInput = {
  repository: string;
  reason: string;
  state?: "active" | "suspended" | "revoked" | undefined;
  track?: TrackRequest | undefined;
  /** null takes the expiry away. */
  expiresAt?: Date | null | undefined;
};

/** Changes state, track or expiry; at least one of them. A revoked entry comes back only by a new decision. */
export async function changeEntry(ctx: Context, input: ChangeEntryInput): Promise<EntryView> {
  return transact(ctx.db, async (tx) => {
    authorise(ctx.actor, "entry.change");
    const extension = await lockRepository(tx, parseRepository(input.repository));
    const entry = await requireEntry(tx, extension);
    const change = await readChange(tx, ctx, extension, entry, input);
    const after = await tx.entry.update({ where: { id: entry.id }, data: change });
    if (after.state === "active") await startScan(tx, ctx, extension.id, "request");
    await touchCatalog(tx, ctx, extension.id, "change");
    await recordDecision(tx, ctx, {
      extensionId: extension.id,
      kind: "entry.change",
      reason: input.reason,
      data: summary(after),
    });
    await appendMessage(tx, {
      kind: "entry.changed",
      payload: { repository: nameOf(extension), ...summary(after) },
    });
    await appendAudit(tx, ctx, {
      action: "entry.change",
      subject: { kind: "extension", id: nameOf(extension) },
      before: summary(entry),
      after: summary(after),
      reason: input.reason,
    });
    return viewEntry(extension, after);
  });
}

async function requireEntry(tx: Tx, extension: Extension): Promise<Entry> {
  const entry = await tx.entry.findUnique({ where: { extensionId: extension.id } });
  if (entry) return entry;
  throw new AppError("not_found", `${nameOf(extension)} has no entry in the allow-list.`, {
    suggestion: "Approve its submission, or add it with POST /api/v1/allow-list.",
  });
}

async function readChange(tx: Tx, ctx: Context, extension: Extension, entry: Entry, input: ChangeEntryInput) {
  if (input.state === undefined && input.track === undefined && input.expiresAt === undefined) {
    throw new AppError("invalid_input", "There is nothing to change.", {
      suggestion: "Send state, track or expiresAt.",
    });
  }
  refusePast(ctx, input.expiresAt ?? undefined);
  if (input.state === undefined && entry.state === "revoked") throw revoked();
  const state = nextState(entry, input);
  const track = input.track ? await existingTrack(tx, extension, input.track) : undefined;
  return {
    state,
    ...(track ? trackColumns(track) : {}),
    ...(input.expiresAt === undefined ? {} : { expiresAt: input.expiresAt }),
    reason: input.reason,
  };
}

const EVENTS = { active: "resume", suspended: "suspend", revoked: "revoke" } as const satisfies Record<
  string,
  EntryEvent
>;

/** A later expiry renews an expired entry; asking for the state it has already is no change. */
function nextState(entry: Entry, input: ChangeEntryInput): EntryState {
  if (entry.state === "expired" && input.expiresAt !== undefined && input.state !== "revoked")
    return nextEntryState(entry.state, "renew");
  if (input.state === undefined || input.state === entry.state) return entry.state;
  return nextEntryState(entry.state, EVENTS[input.state]);
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

function refusePast(ctx: Context, expiresAt: Date | undefined): void {
  if (expiresAt === undefined || expiresAt > ctx.clock.now()) return;
  throw new AppError("invalid_input", "The expiry lies in the past.", {
    suggestion: "Choose a later instant, or suspend the entry now.",
  });
}

function revoked(): AppError {
  return new AppError("illegal_state", "This entry is revoked.", {
    suggestion: "Add the repository again; it is inspected anew.",
  });
}

function summary(entry: Entry) {
  return { state: entry.state, track: trackOf(entry), expiresAt: entry.expiresAt?.toISOString() ?? null };
}
