import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { parseRegistries } from "@/lib/registry/registries";
import { extensionImage } from "@/tests/builders/extension-image";
import {
  type HostileRegistry,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import {
  asPublicRegistry,
  credentialsOf,
  type OpenClient,
  openClient,
} from "@/tests/support/registries/registry-client";

const MANIFEST = "/v2/acme/disk-lens/manifests/1.0.0";
const { root } = extensionImage();
const HONEST = { headers: { "content-type": root.mediaType }, body: root.bytes };

let server: HostileRegistry;
let other: HostileRegistry;
let open: OpenClient;

beforeEach(async () => {
  server = await startHostileRegistry();
  other = await startTrap();
  // Both are the operator's own, so that redirects between them are legal.
  const table = parseRegistries(`${server.url},${other.url}`);
  const login = { username: "robot", password: "s3cret" };
  open = openClient(table, { credentials: [credentialsOf(server.host, login)] });
});
afterEach(async () => {
  await open.close();
  await server.stop();
  await other.stop();
});

const fetchTag = () => open.client.manifest(repositoryOfName(`${server.host}/acme/disk-lens`), "1.0.0");

function chain(length: number, last: object): void {
  server.on(MANIFEST, { status: 307, headers: { location: "/hop/1" } });
  for (let hop = 1; hop < length; hop += 1) {
    server.on(`/hop/${hop}`, { status: 307, headers: { location: `/hop/${hop + 1}` } });
  }
  server.on(`/hop/${length}`, last);
}

describe("manifests", () => {
  test.each([301, 302, 303, 307, 308])("a %d is followed", async (status) => {
    other.on("/m", HONEST);
    server.on(MANIFEST, { status, headers: { location: `${other.url}/m` } });
    expect((await fetchTag()).digest).toBe(root.digest);
    expect(other.requests[0]?.headers.accept).toContain(root.mediaType);
  });

  test("only the registry receives the Authorization, no other host", async () => {
    other.on("/m", { status: 307, headers: { location: `${server.url}/back` } });
    server.on("/back", HONEST);
    server.on(MANIFEST, ({ headers }) =>
      headers.authorization === undefined
        ? { status: 401, headers: { "www-authenticate": 'Basic realm="r"' } }
        : { status: 307, headers: { location: `${other.url}/m` } },
    );
    await fetchTag();
    expect(server.requests.map((each) => each.headers.authorization !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
    expect(other.requests.map((each) => each.headers.authorization)).toEqual([undefined]);
  });

  test("two in a row are followed, three are not", async () => {
    chain(2, HONEST);
    await expect(fetchTag()).resolves.toBeDefined();
    chain(3, HONEST);
    await expect(fetchTag()).rejects.toMatchObject({ code: "redirect_forbidden" });
    expect(server.count("/hop/3")).toBe(0);
  });

  test("a circle ends at the limit", async () => {
    server.on(MANIFEST, { status: 307, headers: { location: "/a" } });
    server.on("/a", { status: 307, headers: { location: MANIFEST } });
    await expect(fetchTag()).rejects.toMatchObject({ code: "redirect_forbidden" });
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    "",
    "http://",
    "ftp://evil.example/",
    "http://evil.example/",
    "https://u:p@evil.example/",
    "file:///etc/passwd",
  ])("a redirect to %j is refused", async (location) => {
    server.on(MANIFEST, { status: 307, headers: { location } });
    await expect(fetchTag()).rejects.toMatchObject({ code: "redirect_forbidden" });
  });

  test.each([
    "https://169.254.169.254/latest",
    "https://127.0.0.1:1/",
    "https://[::1]/",
    "https://10.0.0.1/",
  ])("a redirect to %s is refused by its address", async (location) => {
    server.on(MANIFEST, { status: 307, headers: { location } });
    await expect(fetchTag()).rejects.toMatchObject({ code: "address_forbidden" });
  });

  test("a redirect target's 403 is the registry's trouble, not a matter of credentials", async () => {
    other.on("/m", { status: 403 });
    server.on(MANIFEST, { status: 307, headers: { location: `${other.url}/m` } });
    await expect(fetchTag()).rejects.toMatchObject({ code: "registry_error", retryable: true });
  });
});

describe("blobs", () => {
  const blob = root.bytes;
  const fetchBlob = () => {
    const repository = repositoryOfName(`${server.host}/acme/disk-lens`);
    return open.client
      .manifest(repository, "1.0.0")
      .then(({ digest }) => open.client.blob(repository, { digest, sizeBytes: blob.length }));
  };

  test("three in a row are followed, four are not", async () => {
    const path = `/v2/acme/disk-lens/blobs/${root.digest}`;
    chain(3, { body: blob });
    server.on(path, { status: 307, headers: { location: "/hop/1" } });
    server.on(MANIFEST, HONEST);
    await expect(fetchBlob()).resolves.toHaveLength(blob.length);
    server.on(path, { status: 307, headers: { location: "/hop/0" } });
    server.on("/hop/0", { status: 307, headers: { location: "/hop/1" } });
    await expect(fetchBlob()).rejects.toMatchObject({ code: "redirect_forbidden" });
  });

  test("the redirect's target gets the range request too", async () => {
    server.on(MANIFEST, HONEST);
    server.on(/\/blobs\//, { status: 307, headers: { location: `${other.url}/b` } });
    other.on("/b", {
      status: 206,
      headers: { "content-range": `bytes 5-6/${blob.length}` },
      body: blob.subarray(5, 7),
    });
    const repository = repositoryOfName(`${server.host}/acme/disk-lens`);
    const { digest } = await fetchTag();
    const chunks = [];
    const options = { offset: 5, length: 2 };
    for await (const chunk of await open.client.openBlob(
      repository,
      { digest, sizeBytes: blob.length },
      options,
    )) {
      chunks.push(chunk);
    }
    expect(Buffer.concat(chunks)).toEqual(blob.subarray(5, 7));
    expect(other.requests[0]?.headers.range).toBe("bytes=5-6");
  });
});

test("a public registry can't redirect us to a private host that another registry was named for", async () => {
  const { table, host, guard } = asPublicRegistry("registry.example", server.url);
  const known = (each: string) => each === host || each === other.host;
  const publicly = openClient(new Map([...table, ...parseRegistries(other.url)]), {
    ...guard,
    allowPrivate: known,
    allowHttp: known,
  });
  server.on(MANIFEST, { status: 307, headers: { location: `${other.url}/m` } });
  const outcome = publicly.client.manifest(repositoryOfName(`${host}/acme/disk-lens`), "1.0.0");
  await expect(outcome).rejects.toMatchObject({ code: "redirect_forbidden" });
  expect(other.connections()).toBe(0);
  await publicly.close();
});
