import type { Tx } from "@/lib/platform/db/database";
import type { Prisma } from "@/lib/platform/prisma/client";

/** What somebody must hear of. The notices read these rows later; a rollback takes the row back. */
export type Message = { kind: string; payload: Prisma.InputJsonObject; notBefore?: Date };

export async function appendMessage(tx: Tx, message: Message): Promise<void> {
  await tx.outboxMessage.create({
    data: {
      kind: message.kind,
      payload: message.payload,
      ...(message.notBefore ? { notBefore: message.notBefore } : {}),
    },
  });
}
