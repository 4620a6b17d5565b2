import type { Refusal } from "@/lib/registry/oci/errors";
import type { Subject } from "@/lib/registry/oci/subject";
import type { RegistryEntry } from "@/lib/registry/registries";
import type { Connection } from "@/lib/registry/transport/connection";

/** Who is asked, through what, about what. */
export type Access = {
  connection: Connection;
  entry: RegistryEntry;
  subject: Subject;
  signal: AbortSignal | undefined;
};

/** The context that an error needs of it. */
export function refusalOf({ connection, entry, subject }: Access): Refusal {
  return { entry, subject, nowMs: connection.now() };
}
