import type { MediaPort } from "@/lib/inspection/media/media-port";
import type { RegistryClient } from "@/lib/registry/client";

/** The ways to what lies outside: registries, and the pictures and pages that labels name. */
export type Outside = { client: RegistryClient; media?: MediaPort };
