import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGantry, type TestGantry } from "@/tests/support/gantry";
import { waitFor } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { type ImageTools, openImageTools } from "@/tests/support/registries/image-tools";
import { pushExtension } from "@/tests/support/registries/push";

let registry: DistributionRegistry;
let gantry: TestGantry;
let tools: ImageTools;
let name: string;

beforeAll(async () => {
  registry = await startDistributionRegistry({});
  gantry = await startTestGantry({ GANTRY_REGISTRIES: registry.registries });
  tools = openImageTools();
  name = `${registry.host}/acme/disk-lens`;
});

afterAll(async () => {
  tools?.close();
  await gantry?.close();
  await registry?.stop();
});

async function submitAndApprove(repository: string) {
  const submitted = await gantry.admin("POST", "/api/v1/submissions", { repository });
  expect(submitted).toMatchObject({ status: 202, body: { state: "checking", repository } });
  const { id } = submitted.body;
  const checked = await waitFor(
    () => gantry.admin("GET", `/api/v1/submissions/${id}`),
    ({ body }) => body.state !== "checking",
  );
  expect(checked.body).toMatchObject({ state: "in_review", queue: { position: 1 } });
  const decision = { decision: "approve", expectedDigest: checked.body.candidate.digest };
  const decided = await gantry.admin("POST", `/api/v1/submissions/${id}/decision`, decision);
  expect(decided).toMatchObject({ status: 200, body: { state: "approved" } });
  return checked.body.candidate;
}

const scan = () => gantry.admin("POST", `/api/v1/extensions/${name}/-/scan?wait=30`);
const extension = () => gantry.anonymous("GET", `/api/v1/extensions/${name}`);
const offer = (query: string) => gantry.anonymous("GET", `/api/v1/extensions/${name}/-/offer?${query}`);
const allowed = async () => {
  const { body } = await gantry.anonymous("GET", "/api/v1/allow-list");
  return body.items.find(({ repository }: { repository: string }) => repository === name);
};

test("an image built by buildah goes from a push to the public catalog, and lives there through all that can happen", async () => {
  await tools.buildAndPush(`${name}:1.0.0`);
  const candidate = await submitAndApprove(name);

  const listed = await extension();
  expect(listed.status).toBe(200);
  expect(listed.body).toMatchObject({
    repository: name,
    title: "Disk Lens",
    vendor: "Acme Inc.",
    latest: { tag: "1.0.0", digest: candidate.digest, requirement: { raw: ">= 0.3.4" } },
    entry: { state: "active", track: "follow" },
  });
  expect(
    listed.body.latest.platforms.map(
      ({ os, architecture }: Record<string, string>) => `${os}/${architecture}`,
    ),
  ).toEqual(["linux/amd64", "linux/arm64"]);
  expect(await allowed()).toMatchObject({
    tag: "1.0.0",
    digest: candidate.digest,
    reference: `${name}@${candidate.digest}`,
  });

  const icon = await gantry.anonymous("GET", listed.body.icon);
  expect(icon.status).toBe(200);
  expect(Object.fromEntries(icon.headers)).toMatchObject({
    "content-type": "image/png",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
  });

  // The approval has begun one too, which has ended when this one has.
  expect(await scan()).toMatchObject({ status: 200, body: { state: "unchanged" } });
  await tools.copy(`${name}:1.0.0`, `${name}:1.0.1`);
  expect(await scan()).toMatchObject({ status: 200, body: { state: "ok", listed: 1 } });
  await tools.buildAndPush(`${name}:1.1.0`, { "com.docker.desktop.extension.api.version": ">= 0.4.2" });
  expect(await scan()).toMatchObject({ status: 200, body: { state: "ok", listed: 1 } });
  expect((await extension()).body).toMatchObject({ latest: { tag: "1.1.0" } });

  expect((await offer("desktop=4.18.0&arch=arm64")).body).toMatchObject({
    offer: { version: "1.0.1", digest: candidate.digest },
    newest: { tag: "1.1.0" },
    reason: { code: "needs_newer_desktop" },
  });
  expect((await offer("desktop=4.44.0&arch=arm64")).body).toMatchObject({
    offer: { tag: "1.1.0" },
    reason: { code: "newest" },
  });

  await tools.buildAndPush(`${name}:1.0.0`, { "org.opencontainers.image.title": "Not Disk Lens" });
  expect(await scan()).toMatchObject({ status: 200, body: { moved: 1 } });
  const moved = await gantry.anonymous("GET", `/api/v1/extensions/${name}/-/versions/1.0.0`);
  expect(moved.body).toMatchObject({
    tag: "1.0.0",
    digest: candidate.digest,
    visibility: "listed",
    labels: { "org.opencontainers.image.title": "Disk Lens" },
    moved: { digest: expect.not.stringMatching(candidate.digest) },
  });

  const yanked = await gantry.admin("POST", `/api/v1/extensions/${name}/-/versions/1.1.0/yank`, {
    reason: "Broken.",
  });
  expect(yanked).toMatchObject({ status: 200, body: { visibility: "yanked" } });
  expect((await extension()).body.latest.tag).toBe("1.0.1");
  expect((await gantry.anonymous("GET", `/api/v1/extensions/${name}/-/versions/1.1.0`)).body).toMatchObject({
    visibility: "yanked",
  });

  const beforeSuspension = new Date().toISOString();
  const suspended = await gantry.admin("PATCH", `/api/v1/allow-list/${name}`, {
    state: "suspended",
    reason: "Under investigation.",
  });
  expect(suspended).toMatchObject({ status: 200, body: { state: "suspended" } });
  expect(await allowed()).toBeUndefined();
  expect((await gantry.anonymous("GET", "/api/v1/extensions")).body.items).toEqual([]);
  expect((await offer("desktop=4.44.0&arch=amd64")).body).toMatchObject({ offer: null });
  expect((await extension()).body).toMatchObject({
    entry: { state: "suspended" },
    latest: null,
    versions: [],
  });
  const then = await gantry.anonymous("GET", `/api/v1/allow-list?at=${beforeSuspension}`);
  expect(then.body.items).toMatchObject([{ repository: name, tag: "1.0.1" }]);

  const chain = await gantry.admin("GET", "/api/v1/audit/check");
  expect(chain.body).toMatchObject({ ok: true });
});

test("ETags answer 304 until the extension changes, and gzip has an ETag of its own", async () => {
  await pushExtension(registry, "acme/etags", "1.0.0");
  await submitAndApprove(`${registry.host}/acme/etags`);
  const target = `/api/v1/extensions/${registry.host}/acme/etags`;
  const first = await gantry.anonymous("GET", target, undefined, { "accept-encoding": "identity" });
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[^"]+"$/);
  const again = await gantry.anonymous("GET", target, undefined, {
    "accept-encoding": "identity",
    "if-none-match": etag,
  });
  expect(again).toMatchObject({ status: 304, body: "" });
  const gzipped = await gantry.anonymous("GET", target, undefined, { "accept-encoding": "gzip" });
  expect(gzipped.headers.get("etag")).not.toBe(etag);
  await gantry.admin("PATCH", target, { deprecated: { message: "Use something else.", replacement: null } });
  const changed = await gantry.anonymous("GET", target, undefined, {
    "accept-encoding": "identity",
    "if-none-match": etag,
  });
  expect(changed).toMatchObject({ status: 200, body: { deprecated: { message: "Use something else." } } });
});

test("a direct addition is inspected first, then listed automatically with its track", async () => {
  await pushExtension(registry, "acme/direct", "1.0.0");
  await pushExtension(registry, "acme/direct", "2.0.0");
  const repository = `${registry.host}/acme/direct`;
  const added = await gantry.admin("POST", "/api/v1/allow-list", {
    repository,
    track: "range",
    range: "^1",
    reason: "Needed by support.",
  });
  expect(added).toMatchObject({ status: 202, body: { state: "checking" } });
  const list = await waitFor(
    () => gantry.anonymous("GET", "/api/v1/allow-list"),
    ({ body }) =>
      body.items.some(
        (item: { repository: string; tag: string | null }) =>
          item.repository === repository && item.tag !== null,
      ),
  );
  expect(list.body.items).toContainEqual(
    expect.objectContaining({ repository, tag: "1.0.0", range: "^1", track: "range" }),
  );
});
