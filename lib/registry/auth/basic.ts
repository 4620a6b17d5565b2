import type { RegistryEntry } from "@/lib/registry/registries";

/**
 * Basic authentication: `Authorization` with user name and password (RFC 7617, UTF-8), if credentials are stored for
 * the registry.
 */
export function basicAuthorization({ credentials }: RegistryEntry): string | undefined {
  if (credentials === undefined) return undefined;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}`;
}
