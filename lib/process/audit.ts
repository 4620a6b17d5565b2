import { checkpointFile } from "@/lib/journal/audit-checkpoints";
import { auditKeys } from "@/lib/journal/audit-keys";
import type { Services } from "@/lib/journal/context";
import { keepCheckpoints } from "@/lib/journal/keep-checkpoints";
import type { Env } from "@/lib/platform/env";
import type { Log } from "@/lib/platform/log";

export type CheckpointTimer = { stop(): Promise<void> };

/** The interval at which the process checks whether the daily checkpoint is due. */
const CHECKPOINT_INTERVAL_MS = 3_600_000;

/** The keys of GANTRY_AUDIT_KEYS, else the secret that seals sessions; checkpoints in the data folder. */
export function openAudit(env: Pick<Env, "auditKeys" | "dataDir">, secret: string): Services["audit"] {
  const [current = secret, ...earlier] = env.auditKeys;
  return { keys: auditKeys([current, ...earlier]), checkpoints: checkpointFile(env.dataDir) };
}

/** Adds a checkpoint to this process's data folder every day, the first one immediately. */
export function startCheckpoints(services: Services, log: Log): CheckpointTimer {
  let running = Promise.resolve();
  const look = () => {
    running = running.then(() => keep(services, log));
  };
  const timer = setInterval(look, CHECKPOINT_INTERVAL_MS);
  timer.unref();
  look();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function keep(services: Services, log: Log): Promise<void> {
  try {
    const outcome = await keepCheckpoints(services);
    if (outcome === "refused")
      log.error("the audit log contradicts its last checkpoint; run the check on /admin/audit");
  } catch (err) {
    log.warn({ err }, "the daily audit checkpoint could not be written; retrying in an hour");
  }
}
