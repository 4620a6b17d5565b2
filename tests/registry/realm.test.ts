import { expect, test } from "vitest";
import { checkRealm } from "@/lib/registry/auth/realm";
import { parseRegistries } from "@/lib/registry/registries";

const TABLE = parseRegistries(
  "docker.io,ghcr.io,quay.io,registry.gitlab.com,registry.redhat.io,registry.example,https://corp.example,http://127.0.0.1:5000",
);

function trusts(host: string, realm: string): boolean | "refused" {
  const entry = TABLE.get(host);
  if (entry === undefined) throw new Error(`${host} is not in the table`);
  try {
    return checkRealm(realm, entry, TABLE).trusted;
  } catch {
    return "refused";
  }
}

test.each<[host: string, realm: string, trusted: boolean | "refused"]>([
  ["docker.io", "https://auth.docker.io/token", true],
  ["docker.io", "https://AUTH.docker.io:443/token", true],
  ["docker.io", "https://auth.docker.io:8443/token", false],
  ["docker.io", "https://auth.docker.io.evil.example/token", false],
  ["docker.io", "https://evil.example/auth.docker.io", false],
  ["docker.io", "https://ghcr.io/token", false],
  ["docker.io", "http://auth.docker.io/token", "refused"],
  ["docker.io", "https://auth.docker.io@evil.example/token", "refused"],
  ["ghcr.io", "https://ghcr.io/token", true],
  ["ghcr.io", "https://auth.docker.io/token", false],
  ["quay.io", "https://quay.io/v2/auth", true],
  ["registry.gitlab.com", "https://gitlab.com/jwt/auth", true],
  ["registry.gitlab.com", "https://gitlab.example/jwt/auth", false],
  ["registry.redhat.io", "https://sso.redhat.com/auth", true],
  ["registry.example", "https://auth.registry.example/token", false],
  ["registry.example", "https://corp.example/token", "refused"],
  ["registry.example", "http://127.0.0.1:5000/token", "refused"],
  ["corp.example", "https://corp.example/token", true],
  ["corp.example", "http://127.0.0.1:5000/token", false],
  ["127.0.0.1:5000", "http://127.0.0.1:5000/token", true],
  ["127.0.0.1:5000", "http://127.0.0.1:5001/token", "refused"],
])("the credentials of %s are shown to %s: %s", (host, realm, trusted) => {
  expect(trusts(host, realm)).toBe(trusted);
});
