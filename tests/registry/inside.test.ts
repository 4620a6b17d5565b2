import { isIPv6, type LookupFunction } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import type { RegistryClient } from "@/lib/registry/client";
import { sha256Digest } from "@/lib/registry/oci/verification";
import {
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import { asPublicRegistry, type OpenClient, openClient } from "@/tests/support/registries/registry-client";

/** A public registry that names hosts of its own choice, whose names lead inside. */
const INSIDE = "inside.example";

const BYTES = Buffer.from("a blob");
const DIGEST = sha256Digest(BYTES);
const TAGS = "/v2/acme/a/tags/list";
const MANIFEST = "/v2/acme/a/manifests/1.0.0";
const BLOB = `/v2/acme/a/blobs/${DIGEST}`;

let server: HostileRegistry;
let trap: HostileRegistry;
let open: OpenClient;
/** What INSIDE resolves to, one list per resolution; the last one stays. */
let answers: string[][];
let resolutions: number;

beforeEach(async () => {
  [server, trap] = await Promise.all([startHostileRegistry(), startTrap()]);
  resolutions = 0;
  const { table, guard } = asPublicRegistry("registry.example", server.url);
  const lookup: LookupFunction = (name, options, callback) => {
    if (name !== INSIDE) return guard.lookup(name, options, callback);
    const addresses = answers[Math.min(resolutions, answers.length - 1)] ?? [];
    resolutions += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 })),
    );
  };
  open = openClient(table, { ...guard, lookup });
});
afterEach(async () => {
  await open.close();
  await server.stop();
  await trap.stop();
});

const repository = () => repositoryOfName(`registry.example:${new URL(server.url).port}/acme/a`);
const inside = (path: string) => `https://${INSIDE}:${new URL(trap.url).port}${path}`;
const redirect = (path: string) => server.on(path, { status: 307, headers: { location: inside(path) } });

type Hop = [
  name: string,
  prepare: () => void,
  read: (client: RegistryClient) => Promise<unknown>,
  code: string,
];

const HOPS: Hop[] = [
  [
    "a token address",
    () => server.on(TAGS, { status: 401, headers: { "www-authenticate": `Bearer realm="${inside("/t")}"` } }),
    (client) => client.tags(repository()),
    "realm_forbidden",
  ],
  [
    "a redirect of a tag list",
    () => redirect(TAGS),
    (client) => client.tags(repository()),
    "address_forbidden",
  ],
  [
    "a redirect of a manifest",
    () => redirect(MANIFEST),
    (client) => client.manifest(repository(), "1.0.0"),
    "address_forbidden",
  ],
  [
    "a redirect of a blob",
    () => redirect(BLOB),
    (client) => client.blob(repository(), { digest: DIGEST, sizeBytes: BYTES.length }),
    "address_forbidden",
  ],
  [
    "a redirect of a streamed blob",
    () => redirect(BLOB),
    (client) => client.openBlob(repository(), { digest: DIGEST, sizeBytes: BYTES.length }),
    "address_forbidden",
  ],
];

describe.each(HOPS)("%s with a public name that leads inside", (_name, prepare, read, code) => {
  test.each([
    [["127.0.0.1"]],
    [["::ffff:127.0.0.1"]],
    [["10.0.0.5"]],
    [["fd00::8"]],
    [["169.254.169.254"]],
    [["93.184.216.34", "127.0.0.1"]],
    [["127.0.0.1", "93.184.216.34"]],
  ])("at %j is never dialled", async (addresses) => {
    answers = [addresses];
    prepare();
    await expect(read(open.client)).rejects.toMatchObject({ code, retryable: false });
    expect([server.requests.length, trap.connections()]).toEqual([1, 0]);
  });
});

test("a next page with a public name that leads inside gives its cursor and is never dialled", async () => {
  server.on(
    TAGS,
    { headers: { link: `<${inside(TAGS)}?last=a>; rel="next"` }, body: '{"tags":["a"]}' },
    { body: '{"tags":["b"]}' },
  );
  expect(await open.client.tags(repository())).toMatchObject({ tags: ["a", "b"], complete: true });
  expect([server.requests.length, trap.connections()]).toEqual([2, 0]);
});
