import { afterAll, beforeAll, expect, test } from "vitest";
import { parseRepository } from "@/lib/extension/reference/repository";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { attributeError } from "@/lib/inspection/error-attribution";
import { inspect } from "@/lib/inspection/inspect";
import type { ErrorCode } from "@/lib/platform/error-codes";
import { descriptorOf, jsonPiece, MEDIA_TYPES, piece } from "@/scripts/demo/image/piece";
import { extensionImage } from "@/tests/builders/extension-image";
import {
  type Behavior,
  type HostileRegistry,
  NOT_THERE,
  startHostileRegistry,
  startTrap,
} from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";
import { serveImage } from "@/tests/support/registries/serve-image";

const { oci } = MEDIA_TYPES;
const image = extensionImage();
const MANIFEST = "manifests/1.0.0";
const LAYER = `blobs/${image.blobs[2]?.digest}`;
const CONFIG = `blobs/${image.blobs[0]?.digest}`;

let registry: HostileRegistry;
let trap: HostileRegistry;
let open: OpenClient;
let healthy: InspectionReport;

beforeAll(async () => {
  [registry, trap] = await Promise.all([startHostileRegistry(), startTrap()]);
  open = openClient(registry.url);
  serveImage(registry, "acme/healthy", image);
  healthy = (await look("acme/healthy")).report;
});
afterAll(async () => {
  await open?.close();
  await registry?.stop();
  await trap?.stop();
});

/** All through one client, as a scan of many repositories asks. */
function look(path: string) {
  const repository = parseRepository(`${registry.host}/${path}`);
  return inspect({ client: open.client, repository, reference: "1.0.0" });
}

const index = (manifests: object[]) =>
  jsonPiece(oci.index, { schemaVersion: 2, mediaType: oci.index, manifests });
const indexOver = (inner: ReturnType<typeof index>) => ({
  root: index([descriptorOf(inner)]),
  manifests: [inner],
  blobs: [],
});
const asManifest = (body: string | Uint8Array) => ({ headers: { "content-type": oci.index }, body });
const signIn = (challenge: string): Behavior => ({
  status: 401,
  headers: { "www-authenticate": challenge },
});
const toRealm = (realm: string) => signIn(`Bearer realm="${realm}",service="s"`);
const redirect = (location: string): Behavior => ({ status: 307, headers: { location } });
const reset: Behavior = (_request, response) => {
  response.socket?.destroy();
  return undefined;
};

/** All else may be the registry's trouble, and is never called the publisher's. */
const PUBLISHERS = new Set([
  ...["has no such tag", "is private", "is blocked"],
  ...["sends 4 MiB and one byte", "lists 257 images"],
]);

type Case = [name: string, code: ErrorCode, path: string, behavior: () => Behavior];

const CASES: Case[] = [
  ["has no such tag", "reference_not_found", MANIFEST, () => NOT_THERE],
  ["is private", "registry_auth_required", MANIFEST, () => signIn('Basic realm="r"')],
  ["is blocked", "registry_auth_required", MANIFEST, () => ({ status: 403 })],
  ["wants a sign-in of no kind", "registry_protocol", MANIFEST, () => ({ status: 401 })],
  ["wants Kerberos", "registry_protocol", MANIFEST, () => signIn("Negotiate")],
  ["names a token address inside", "realm_forbidden", MANIFEST, () => toRealm(`${trap.url}/token`)],
  ["names one of the cloud", "realm_forbidden", MANIFEST, () => toRealm("http://169.254.169.254/")],
  ["names one that redirects", "redirect_forbidden", MANIFEST, () => toRealm(`${registry.url}/moved`)],
  ["names one without tokens", "registry_protocol", MANIFEST, () => toRealm(`${registry.url}/empty`)],
  ["answers an error", "registry_error", MANIFEST, () => ({ status: 500 })],
  ["breaks the connection", "registry_unreachable", MANIFEST, () => reset],
  ["breaks it in a layer", "registry_unreachable", LAYER, () => reset],
  ["redirects inside", "redirect_forbidden", MANIFEST, () => redirect(`${trap.url}/m`)],
  ["redirects to an address inside", "address_forbidden", MANIFEST, () => redirect("https://10.0.0.1/")],
  ["redirects a layer inside", "redirect_forbidden", LAYER, () => redirect(`${trap.url}/b`)],
  [
    "sends an encoded answer",
    "registry_protocol",
    MANIFEST,
    () => ({ headers: { "content-encoding": "gzip" }, body: "x" }),
  ],
  [
    "sends too many headers",
    "registry_protocol",
    MANIFEST,
    () => ({ headers: { "x-large": "x".repeat(40_000) } }),
  ],
  [
    "sends a web page",
    "registry_content_type",
    MANIFEST,
    () => ({ headers: { "content-type": "text/html; charset=utf-8" }, body: "<html>" }),
  ],
  ["sends a page as an index", "registry_protocol", MANIFEST, () => asManifest("<html>")],
  [
    "states another digest",
    "digest_mismatch",
    MANIFEST,
    () => ({
      ...asManifest(image.root.bytes),
      headers: { "content-type": oci.index, "docker-content-digest": `sha256:${"0".repeat(64)}` },
    }),
  ],
  ["sends 4 MiB and one byte", "limit_exceeded", MANIFEST, () => asManifest(Buffer.alloc(4 * 2 ** 20 + 1))],
  [
    "lists 257 images",
    "limit_exceeded",
    MANIFEST,
    () => asManifest(index(new Array(257).fill(descriptorOf(image.root))).bytes),
  ],
  [
    "has a key in two spellings",
    "media_type_confusion",
    MANIFEST,
    () => asManifest('{"schemaVersion":2,"manifests":[],"Manifests":[]}'),
  ],
  ["is another kind", "media_type_confusion", MANIFEST, () => asManifest('{"schemaVersion":2,"layers":[]}')],
  ["lacks a config", "registry_error", CONFIG, () => ({ status: 404 })],
  ["lacks a layer", "registry_error", LAYER, () => ({ status: 404 })],
  ["has a config of other bytes", "digest_mismatch", CONFIG, () => ({ body: "{}" })],
  ["has a layer of other bytes", "digest_mismatch", LAYER, () => ({ body: "x" })],
];

test.each(CASES)(
  "a repository that %s: %s with a next step, and its neighbor as before",
  async (name, code, path, behavior) => {
    registry.on("/moved", redirect(`${registry.url}/elsewhere`));
    registry.on("/empty", { body: "{}" });
    const own = `acme/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
    serveImage(registry, own, image);
    registry.on(`/v2/${own}/${path}`, behavior());
    const outcome = await look(own).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code, suggestion: expect.stringMatching(/^[A-Z].{15,}\.$/) });
    expect(attributeError(outcome)).toBe(PUBLISHERS.has(name) ? "publishers" : "ours");
    expect((await look("acme/healthy")).report).toEqual(healthy);
    expect([trap.connections(), registry.count("/elsewhere")]).toEqual([0, 0]);
  },
);

test("indexes three deep are refused, and the neighbor is as before", async () => {
  const inner = indexOver(index([]));
  serveImage(registry, "acme/deep", {
    ...indexOver(inner.root),
    manifests: [inner.root, ...inner.manifests],
  });
  await expect(look("acme/deep")).rejects.toMatchObject({
    code: "limit_exceeded",
    suggestion: expect.stringMatching(/\.$/),
  });
  expect((await look("acme/healthy")).report).toEqual(healthy);
});

test("an index that lists itself is other bytes than its digest says, and ends at once", async () => {
  const itself = piece(oci.index, JSON.stringify({ schemaVersion: 2, manifests: [] }));
  const lying = index([descriptorOf(itself)]);
  registry.on("/v2/acme/itself/manifests/1.0.0", asManifest(lying.bytes));
  registry.on(`/v2/acme/itself/manifests/${itself.digest}`, asManifest(lying.bytes));
  const before = registry.requests.length;
  await expect(look("acme/itself")).rejects.toMatchObject({ code: "digest_mismatch" });
  expect(registry.requests.length - before).toBe(2);
  expect((await look("acme/healthy")).report).toEqual(healthy);
});
