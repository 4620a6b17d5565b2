import type { Actor } from "@/lib/journal/actor";
import type { Clock } from "@/lib/platform/clock";
import type { Database } from "@/lib/platform/db/database";
import type { Queue } from "@/lib/platform/queue";
import { singleton } from "@/lib/platform/singleton";

/** What every core function needs besides its input. */
export type Services = {
  db: Database;
  queue: Queue;
  clock: Clock;
  /** Whether repositories of this registry host may be submitted here. */
  acceptsRegistry(host: string): boolean;
};

/** One call of a core function: the services, who calls, and the request it belongs to. */
export type Context = Services & { actor: Actor; requestId: string | undefined };

/** Filled by the server, the worker or a test; read by route handlers and server actions. */
export const services = singleton<Services>("services");

export function contextFor(actor: Actor, requestId: string | undefined): Context {
  return { ...services.get(), actor, requestId };
}
