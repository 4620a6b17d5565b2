import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

/** Basic authentication: `Authorization` with user name and password (RFC 7617, UTF-8), if there are credentials. */
export function basicAuthorization(
  credentials: Pick<RegistryCredentials, "username" | "password"> | undefined,
): string | undefined {
  if (credentials === undefined) return undefined;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString("base64")}`;
}
