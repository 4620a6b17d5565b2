/**
 * Signed checkpoints of the audit chain, kept outside the database. Without them, the owner of the table could delete
 * the newest rows and leave a shorter chain that is still valid.
 */

import path from "node:path";
import { z } from "zod";
import type { AuditKeys } from "@/lib/journal/audit-keys";
import { canonicalJson } from "@/lib/journal/canonical-json";
import { readPrivateFile, writePrivateFile } from "@/lib/platform/private-file";

const schema = z.object({
  /** Sequence of the newest row at that time. */
  sequence: z.string().regex(/^\d{1,18}$/),
  hash: z.string(),
  at: z.iso.datetime(),
  keyId: z.string(),
  signature: z.string(),
});

export type AuditCheckpoint = z.infer<typeof schema>;

export type AuditCheckpoints = {
  /** Oldest first. */
  list(): Promise<AuditCheckpoint[]>;
  add(checkpoint: AuditCheckpoint): Promise<void>;
};

/** Almost three years of daily checkpoints. */
const KEPT_MAX = 1_000;

/**
 * Stores checkpoints in a file of the data folder, as JSON Lines. An unreadable line counts as a checkpoint that proves
 * nothing.
 */
export function checkpointFile(dataDir: string): AuditCheckpoints {
  const file = path.join(dataDir, "audit-checkpoints");
  const list = async () => {
    const text = await readPrivateFile(file);
    return text === undefined || text === "" ? [] : text.split("\n").map(parsed);
  };
  return {
    list,
    async add(checkpoint) {
      const kept = [...(await list()), checkpoint].slice(-KEPT_MAX);
      await writePrivateFile(file, kept.map((each) => JSON.stringify(each)).join("\n"));
    },
  };
}

export function signCheckpoint(
  row: { sequence: bigint; hash: string },
  at: Date,
  keys: AuditKeys,
): AuditCheckpoint {
  const unsigned = {
    sequence: String(row.sequence),
    hash: row.hash,
    at: at.toISOString(),
    keyId: keys.current.id,
  };
  return { ...unsigned, signature: keys.current.seal(signedText(unsigned)) };
}

/** Also false when the key that signed it is not available. */
export function isSigned({ signature, ...unsigned }: AuditCheckpoint, keys: AuditKeys): boolean {
  return keys.find(unsigned.keyId)?.seal(signedText(unsigned)) === signature;
}

function signedText(unsigned: Omit<AuditCheckpoint, "signature">): string {
  return canonicalJson({ ...unsigned, kind: "gantry audit checkpoint" });
}

function parsed(line: string): AuditCheckpoint {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return { sequence: "0", hash: "", at: new Date(0).toISOString(), keyId: "", signature: "" };
  }
}
