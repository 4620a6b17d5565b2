import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { extensionImage } from "@/tests/builders/extension-image";
import type { Dialect } from "@/tests/registry/exchanges/dialect";
import { speak, TAGS } from "@/tests/registry/exchanges/speak";
import { startVendorBench, type VendorBench } from "@/tests/registry/exchanges/vendor-bench";
import { VENDORS } from "@/tests/registry/exchanges/vendors";
import { type Authority, createAuthority } from "@/tests/support/registries/certificates";

const IMAGE = extensionImage({ withoutIndex: true });

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

function vendor(name: string): Dialect {
  const dialect = VENDORS[name];
  if (dialect === undefined) throw new Error(`${name} is not a vendor of the table`);
  return dialect;
}

const scopes = () =>
  bench.server.requests.flatMap(({ url, headers }) => {
    const scope = new URL(url, `https://${headers.host}`).searchParams.get("scope");
    return scope === null ? [] : [scope];
  });

/** https://github.com/renovatebot/renovate/issues/14708: the error says invalid_token for a valid token to pull. */
test("Azure Container Registry: a token to pull is exchanged for one that also lists tags", async () => {
  const azure = vendor("Azure Container Registry");
  speak(bench.server, azure, IMAGE);
  const repository = repositoryOfName(`${azure.registry}/${azure.repository}`);
  const from = bench.client(azure.registry);
  await from.manifest(repository, "1.0.0");
  await expect(from.tags(repository)).resolves.toMatchObject({ tags: TAGS });
  await from.manifest(repository, "1.1.0");
  expect(scopes()).toEqual(["repository:disk-lens:pull", "repository:disk-lens:pull,metadata_read"]);
});

/** https://github.com/sonatype/nexus-public/issues/435 */
test.each(["http://nexus.example:5000/v2/token", "http://nexus.example/v2/token"])(
  "Nexus behind a proxy that ends TLS: the realm %s is requested over https",
  async (realm) => {
    const nexus = vendor("Sonatype Nexus, bearer tokens");
    speak(bench.server, nexus, IMAGE);
    const repository = repositoryOfName(`${nexus.registry}/${nexus.repository}`);
    bench.server.on(
      /\/tags\/list$/,
      { status: 401, headers: { "www-authenticate": `Bearer realm="${realm}",service="${realm}"` } },
      { body: '{"tags":["1.0.0"]}' },
    );
    await expect(bench.client(nexus.registry).tags(repository)).resolves.toMatchObject({ tags: ["1.0.0"] });
    expect(scopes()).toEqual(["repository:acme/disk-lens:pull"]);
  },
);

/** https://github.com/aws/containers-roadmap/issues/2835: an expired token is 400 there, without a challenge. */
test("Amazon ECR Public: a token without a lifetime is replaced before it can expire", async () => {
  const amazon = vendor("Amazon ECR Public");
  speak(bench.server, amazon, IMAGE);
  let nowMs = 1_000_000;
  const repository = repositoryOfName(`${amazon.registry}/${amazon.repository}`);
  const from = bench.client(amazon.registry, { now: () => nowMs });
  await from.manifest(repository, "1.0.0");
  nowMs += 60_000;
  await from.manifest(repository, "1.1.0");
  expect(scopes()).toHaveLength(2);
  const refused = bench.server.requests.filter(({ headers }) => headers.authorization === undefined);
  // The first request and the two for tokens: the second manifest meets no challenge.
  expect(refused).toHaveLength(3);
});

/** https://github.com/apple/container/issues/1026 */
test("Google Artifact Registry: a challenge without a service is answered without one", async () => {
  const google = vendor("Google Artifact Registry");
  const { service: _service, scope: _scope, ...bare } = google;
  speak(bench.server, bare, IMAGE);
  const repository = repositoryOfName(`${google.registry}/${google.repository}`);
  await expect(bench.client(google.registry).tags(repository)).resolves.toMatchObject({ tags: TAGS });
  const token = bench.server.requests.find(({ url }) => url.startsWith("/v2/token"));
  expect(new URL(token?.url ?? "", google.realm).searchParams.has("service")).toBe(false);
});
