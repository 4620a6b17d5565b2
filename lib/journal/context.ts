import type { Actor } from "@/lib/journal/actor";
import type { AuditCheckpoints } from "@/lib/journal/audit-checkpoints";
import type { AuditKeys } from "@/lib/journal/audit-keys";
import type { Clock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/db/database";
import type { Queue } from "@/lib/platform/queue";
import { singleton } from "@/lib/platform/singleton";

/** The services that every core function needs besides its input. */
export type Services = {
  db: Database;
  queue: Queue;
  clock: Clock;
  /** The keys of the audit chain, and its checkpoints outside the database. */
  audit: { keys: AuditKeys; checkpoints: AuditCheckpoints };
  /** Whether repositories on this registry host can be submitted. */
  acceptsRegistry(host: string): boolean;
};

/** One call of a core function: the services, the caller, and the request that it belongs to. */
export type Context = Services & { actor: Actor; requestId: string | undefined };

/** Set by the server, the worker or a test; read by route handlers and server actions. */
export const services = singleton<Services>("services");

export function contextFor(actor: Actor, requestId: string | undefined): Context {
  return { ...services.get(), actor, requestId };
}
