import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseDigest } from "@/lib/extension/reference/digest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { extensionImage } from "@/tests/builders/extension-image";
import { PRIVATE, speak, TAGS } from "@/tests/registry/exchanges/speak";
import { startVendorBench, type VendorBench } from "@/tests/registry/exchanges/vendor-bench";
import { VENDORS } from "@/tests/registry/exchanges/vendors";
import { type Authority, createAuthority } from "@/tests/support/registries/certificates";
import type { RecordedRequest } from "@/tests/support/registries/hostile-registry";
import { credentialsOf } from "@/tests/support/registries/registry-client";

const IMAGE = extensionImage({ withoutIndex: true });
const [CONFIG] = IMAGE.blobs;

let authority: Authority;
let bench: VendorBench;

beforeAll(() => {
  authority = createAuthority();
});
afterAll(() => authority.remove());
beforeEach(async () => {
  bench = await startVendorBench(authority);
});
afterEach(() => bench.stop());

describe.each(Object.entries(VENDORS))("%s", (_name, dialect) => {
  const { registry, realm } = dialect;
  const repository = repositoryOfName(`${registry}/${dialect.repository}`);
  const secret = repositoryOfName(`${registry}/${dialect.repository}${PRIVATE}`);
  const anonymous = () => bench.client(registry);
  const credentials = credentialsOf(registry, dialect.credentials);
  const withSecret = () => bench.client(registry, { credentials: [credentials] });
  const isTokenRequest = ({ headers, url }: RecordedRequest) =>
    realm !== undefined && `https://${headers.host}${url}`.startsWith(`${realm}?`);

  beforeEach(() => speak(bench.server, dialect, IMAGE));

  test("lists all tags anonymously, page by page", async () => {
    await expect(anonymous().tags(repository)).resolves.toMatchObject({ tags: TAGS, complete: true });
    const pages = bench.server.requests.filter(
      ({ url, headers }) => /tags.list/.test(url) && headers.host === dialect.apiHost,
    );
    expect(
      pages.filter(({ headers }) => (realm === undefined) === (headers.authorization === undefined)),
    ).toHaveLength(3);
  });

  test("resolves a tag and reads the manifest and a blob, which storage gets no Authorization for", async () => {
    const from = anonymous();
    const digest = parseDigest(IMAGE.root.digest);
    await expect(from.resolve(repository, "1.2.0")).resolves.toMatchObject({ digest });
    await expect(from.manifest(repository, "1.2.0")).resolves.toMatchObject({
      digest,
      mediaType: IMAGE.root.mediaType,
    });
    const config = parseDigest(CONFIG?.digest ?? "");
    if (config === undefined || CONFIG === undefined) throw new Error("The image has a config.");
    const bytes = await from.blob(repository, { digest: config, sizeBytes: CONFIG.bytes.length });
    expect(Buffer.from(bytes)).toEqual(CONFIG.bytes);
    const elsewhere = bench.server.requests.filter(
      (request) => request.headers.host !== dialect.apiHost && !isTokenRequest(request),
    );
    expect(elsewhere.map(({ headers }) => headers.authorization)).toEqual(elsewhere.map(() => undefined));
    const storage = dialect.storage?.(CONFIG.digest) ?? `https://${dialect.apiHost}`;
    expect(elsewhere.map(({ headers }) => headers.host)).toEqual(
      new URL(storage).host === dialect.apiHost ? [] : [new URL(storage).host],
    );
  });

  test("asks the documented token server for this repository only", async () => {
    const from = anonymous();
    await from.tags(repository);
    await from.manifest(repository, "1.0.0");
    const tokens = bench.server.requests.filter(isTokenRequest);
    expect(tokens).toHaveLength(realm === undefined ? 0 : 1);
    for (const { url } of tokens) {
      const asked = new URL(url, realm).searchParams;
      expect(asked.get("service")).toBe(dialect.service);
      const actions = dialect.tagAction === undefined ? "pull" : `pull,${dialect.tagAction}`;
      expect(asked.get("scope")).toBe(`repository:${dialect.repository}:${actions}`);
    }
  });

  test("hides a private repository from anonymous callers", async () => {
    await expect(anonymous().tags(secret)).rejects.toMatchObject({ code: "registry_auth_required" });
    await expect(anonymous().manifest(secret, "1.0.0")).rejects.toMatchObject({
      code: "registry_auth_required",
    });
  });

  test("shows it to the stored credentials, which only the known token server or the registry sees", async () => {
    const from = withSecret();
    await expect(from.tags(secret)).resolves.toMatchObject({ tags: TAGS });
    await expect(from.manifest(secret, "1.0.0")).resolves.toMatchObject({ mediaType: IMAGE.root.mediaType });
    const basic = bench.server.requests.filter(({ headers }) => headers.authorization?.startsWith("Basic "));
    expect(basic.length).toBeGreaterThan(0);
    expect(basic.every((request) => realm === undefined || isTokenRequest(request))).toBe(true);
  });

  test("accepts them when they are tested", async () => {
    await expect(anonymous().tryLogin(credentials, { repository: secret })).resolves.toBe("accepted");
  });

  test("says that a tag does not exist", async () => {
    await expect(anonymous().manifest(repository, "9.9.9")).rejects.toMatchObject({
      code: "reference_not_found",
    });
  });
});

const LIMITED = Object.entries(VENDORS).flatMap(([name, dialect]) =>
  dialect.limited === undefined ? [] : [{ name, dialect, limited: dialect.limited }],
);

test.each(LIMITED)("$name: a rate limit names the time to wait", async ({ dialect, limited }) => {
  speak(bench.server, dialect, IMAGE);
  const repository = repositoryOfName(`${dialect.registry}/${dialect.repository}`);
  const from = bench.client(dialect.registry);
  await from.tags(repository);
  bench.server.on(/\/manifests\//, { status: 429, headers: limited.headers, body: limited.body });
  await expect(from.manifest(repository, "1.0.0")).rejects.toMatchObject({
    code: "registry_rate_limited",
    retryAfterSeconds: limited.retryAfterSeconds,
    message: expect.stringContaining("You have reached your pull rate limit"),
  });
});
