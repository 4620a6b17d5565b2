/**
 * Transactional outbox: notifications are written in the transaction of the change that they report, so that a rollback
 * discards them. Deliveries read these rows later.
 */

import type { Tx } from "@/lib/platform/db/database";
import type { Prisma } from "@/lib/platform/prisma/client";

type Payload = Prisma.InputJsonObject;
/** `repository` is the canonical name, here and in every other payload. */
type AboutExtension = Payload & { repository: string };
type AboutSubmission = Payload & { submissionId: string };
type AboutCredentials = Payload & { host: string; namespace: string };
type AboutDecision = AboutSubmission & AboutExtension;

/** Every kind of message with its payload. */
type Payloads = {
  "submission.in_review": AboutSubmission;
  "submission.needs_changes": AboutSubmission;
  "submission.errored": AboutSubmission;
  "submission.approved": AboutDecision;
  "submission.changes_requested": AboutDecision;
  "submission.declined": AboutDecision;
  "entry.changed": AboutExtension;
  "entry.expired": AboutExtension;
  "extension.available": AboutExtension;
  "extension.unavailable": AboutExtension;
  "extension.media_dead": AboutExtension;
  "extension.media_recovered": AboutExtension;
  "versions.found": AboutExtension;
  "versions.reinspected": AboutExtension;
  "version.list": AboutExtension;
  "version.hold": AboutExtension;
  "version.yank": AboutExtension;
  "version.restore": AboutExtension;
  /** No repository: a sweep found more versions of a blocked image. */
  "version.block": Payload & { others: Prisma.InputJsonArray };
  /** To admins. */
  "registry.credentials_refused": AboutCredentials;
  "registry.credentials_recovered": AboutCredentials;
  "job.dead": Payload & { deadLetterId: string };
};

export type MessageKind = keyof Payloads;

export type Message<Kind extends MessageKind = MessageKind> = {
  kind: Kind;
  payload: Payloads[Kind];
  /** Not delivered before this time. */
  notBefore?: Date;
};

export async function appendMessage<Kind extends MessageKind>(tx: Tx, message: Message<Kind>): Promise<void> {
  await tx.outboxMessage.create({
    data: {
      kind: message.kind,
      payload: message.payload,
      ...(message.notBefore ? { notBefore: message.notBefore } : {}),
    },
  });
}
