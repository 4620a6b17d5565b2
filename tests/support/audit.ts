import type { AuditCheckpoint } from "@/lib/journal/audit-checkpoints";
import { auditKeys } from "@/lib/journal/audit-keys";
import type { Services } from "@/lib/journal/context";

/** Keys of the tests' own; checkpoints in memory. */
export function testAudit(...secrets: [string, ...string[]] | []): Services["audit"] {
  const [current = "the audit key of the tests, long enough", ...earlier] = secrets;
  const kept: AuditCheckpoint[] = [];
  return {
    keys: auditKeys([current, ...earlier]),
    checkpoints: {
      list: async () => [...kept],
      add: async (checkpoint) => {
        kept.push(checkpoint);
      },
    },
  };
}
