import { describe, expect, test } from "vitest";
import { isAppError } from "@/lib/platform/errors";
import { checkRealm } from "@/lib/registry/auth/realm";
import { notAllowed, parseRegistries } from "@/lib/registry/registries";
import { itemsThatAllow } from "@/lib/registry/registry-advice";

/** The value that an error advises to add, as a person would copy it. */
function advised(suggestion: string): string | undefined {
  return /add (\S+) to GANTRY_REGISTRIES/.exec(suggestion)?.[1];
}

function refusal(configured: string, host: string, realm: string): string {
  const table = parseRegistries(configured);
  const entry = table.get(host);
  if (entry === undefined) throw new Error(`${host} is not in the table`);
  try {
    checkRealm(realm, entry, table);
  } catch (error) {
    if (isAppError(error)) return error.suggestion;
    throw error;
  }
  throw new Error(`${realm} is allowed already`);
}

describe("what an error about a realm advises", () => {
  test.each<[configured: string, host: string, realm: string]>([
    ["registry.example", "registry.example", "http://auth.example/token"],
    ["docker.io", "docker.io", "http://auth.docker.io/token"],
    ["docker.io=http://10.0.0.5:5005", "docker.io", "http://10.0.0.6/token"],
    [
      "https://registry.corp.example:8443",
      "registry.corp.example:8443",
      "http://auth.corp.example:8080/token",
    ],
    ["https://registry.corp.example", "registry.corp.example", "http://registry.corp.example:8080/token"],
    ["registry.example,https://corp.example", "registry.example", "https://corp.example/token"],
    ["registry.example,auth.example", "registry.example", "http://auth.example/token"],
    ["http://127.0.0.1:5000", "127.0.0.1:5000", "http://127.0.0.1:5001/token"],
  ])("%s: %s can then use %s", (configured, host, realm) => {
    const items = advised(refusal(configured, host, realm));
    expect(items).toBeDefined();
    const table = parseRegistries(`${configured},${items}`);
    const entry = table.get(host);
    expect(entry && checkRealm(realm, entry, table).url.href).toBe(realm);
  });

  test.each<[configured: string, host: string, realm: string]>([
    ["registry.example", "registry.example", "http://169.254.169.254/token"],
    ["registry.example", "registry.example", "http://[::1]:5000/token"],
    ["registry.example", "registry.example", "http://auth/token"],
    ["registry.example,https://auth.example", "registry.example", "http://auth.example/token"],
    ["registry.example", "registry.example", "ftp://auth.example/token"],
    ["registry.example", "registry.example", "/token"],
  ])("%s: no value lets %s use %s, so none is advised", (configured, host, realm) => {
    const suggestion = refusal(configured, host, realm);
    expect(suggestion).not.toContain("GANTRY_REGISTRIES");
    expect(suggestion).toContain("operator");
  });
});

test.each([
  "ghcr.io",
  "127.0.0.1:5000",
  "localhost",
  "localhost:5000",
  "registry.corp.example:8443",
  "docker.io",
])("%s is not allowed: the advice is a value that the configuration accepts", (host) => {
  const items = advised(notAllowed(parseRegistries("quay.io"), host).suggestion);
  expect(parseRegistries(`quay.io,${items}`).has(host)).toBe(true);
});

test("every example in the error about the configuration itself is accepted", () => {
  const message = () => parseRegistries("ftp://registry.example");
  expect(message).toThrow();
  try {
    message();
  } catch (error) {
    if (!isAppError(error)) throw error;
    const items = /Write items such as (.+)\.$/.exec(error.suggestion)?.[1]?.replace(" or ", ", ");
    expect(items).toContain("docker.io=http://");
    expect(() => parseRegistries(String(items))).not.toThrow();
  }
});

test("a host behind a private address can be allowed with the registry that leads to it", () => {
  const table = parseRegistries("registry.example");
  const entry = { host: "registry.example", origin: "https://registry.example", mayBePrivate: false };
  const items = itemsThatAllow(new URL("https://storage.example/blob?sig=1"), entry, table);
  expect(items).toBe("https://registry.example,https://storage.example");
  expect(() => parseRegistries(`registry.example,${items}`)).not.toThrow();
});
