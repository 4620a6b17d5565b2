import type { RegistryEntry } from "@/lib/registry/registries";

/** `Authorization` by user name and password (RFC 7617, UTF-8), if the registry has any stored. */
export function basicAuthorization({ credentials }: RegistryEntry): string | undefined {
  if (credentials === undefined) return undefined;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}`;
}
