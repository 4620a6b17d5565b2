import { readdirSync, readFileSync } from "node:fs";
import type { ServerOptions } from "node:https";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { type Authority, createAuthority } from "@/tests/support/registries/certificates";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { openClient } from "@/tests/support/registries/registry-client";

let authority: Authority;
let stranger: Authority;
let registry: HostileRegistry | undefined;

beforeAll(() => {
  authority = createAuthority();
  stranger = createAuthority();
});
afterAll(() => {
  authority.remove();
  stranger.remove();
});
afterEach(() => registry?.stop());

const HERE = ["IP:127.0.0.1"];

async function listTags(tls: ServerOptions): Promise<string[]> {
  registry = await startHostileRegistry(tls);
  registry.on("/v2/acme/a/tags/list", { body: '{"tags":["1.0.0"]}' });
  const { client, close } = openClient(registry.url, { ca: [authority.cert] });
  try {
    return (await client.tags(repositoryOfName(`${registry.host}/acme/a`))).tags;
  } finally {
    await close();
  }
}

test("a certificate of an authority that the operator names is trusted", async () => {
  expect(await listTags(authority.issue(HERE))).toEqual(["1.0.0"]);
});

/** Old versions need ciphers that OpenSSL has put out of use. */
const only = (version: "TLSv1" | "TLSv1.1") => ({
  minVersion: version,
  maxVersion: version,
  ciphers: "DEFAULT@SECLEVEL=0",
});

test.each<[name: string, tls: () => ServerOptions]>([
  ["of an authority that is not configured", () => stranger.issue(HERE)],
  ["that only vouches for itself", () => authority.selfSigned(HERE)],
  ["that expired", () => authority.issue(HERE, { expired: true })],
  ["for another host", () => authority.issue(["DNS:registry.example", "IP:127.0.0.2"])],
  ["over TLS 1.0", () => ({ ...authority.issue(HERE), ...only("TLSv1") })],
  ["over TLS 1.1", () => ({ ...authority.issue(HERE), ...only("TLSv1.1") })],
])("a certificate %s is refused, and no request is sent", async (_name, tls) => {
  await expect(listTags(tls())).rejects.toMatchObject({
    code: "registry_unreachable",
    details: { failure: "tls" },
  });
  expect(registry?.requests).toEqual([]);
});

test("a transfer over TLS that is cut without a farewell is no whole answer", async () => {
  const whole = '{"tags":["1.0.0"]}';
  registry = await startHostileRegistry(authority.issue(HERE));
  registry.on("/v2/acme/a/tags/list", (_request, response) => {
    // Chunked, and all bytes of a valid document are there; only the end is missing.
    response.writeHead(200).write(whole, () => response.socket?.destroy());
    return undefined;
  });
  const { client, close } = openClient(registry.url, { ca: [authority.cert] });
  const listing = client.tags(repositoryOfName(`${registry.host}/acme/a`));
  await expect(listing).rejects.toMatchObject({ code: "registry_unreachable" });
  expect(registry.requests).toHaveLength(3);
  await close();
});

test("nothing in the program turns the check of certificates off", () => {
  const files = ["lib", "app", "components", "scripts"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const offending = files
    .filter((file) => /\.(?:[cm]?[jt]sx?)$/.test(file))
    .filter((file) =>
      /rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/.test(readFileSync(file, "utf8")),
    );
  expect(files.length).toBeGreaterThan(300);
  expect(offending).toEqual([]);
});
