import { CHECK_MEDIA, CHECK_SUBMISSION, REINSPECT, SCAN_EXTENSION } from "@/lib/marketplace/jobs";
import { nameOf } from "@/lib/marketplace/rows/extension-name";
import type { Tx } from "@/lib/platform/db/database";
import { isRowId } from "@/lib/platform/db/row-id";

export const DEAD_LETTER_KINDS = ["check", "scan", "media", "reinspection"] as const;
export type DeadLetterKind = (typeof DEAD_LETTER_KINDS)[number];

const KINDS = new Map<string, DeadLetterKind>([
  [CHECK_SUBMISSION.name, "check"],
  [SCAN_EXTENSION.name, "scan"],
  [CHECK_MEDIA.name, "media"],
  [REINSPECT.name, "reinspection"],
]);

/** Undefined for a kind that this Gantry no longer has. */
export function deadLetterKind(name: string): DeadLetterKind | undefined {
  return KINDS.get(name);
}

/** The extension's name where the subject is one; jobs that an older Gantry sent have other subjects. */
export async function deadLetterSubject(
  tx: Tx,
  { kind, subject }: { kind: string; subject: string },
): Promise<{ kind: string; id: string }> {
  const extension = isRowId(subject) ? await tx.extension.findUnique({ where: { id: subject } }) : null;
  return extension ? { kind: "extension", id: nameOf(extension) } : { kind, id: subject };
}
