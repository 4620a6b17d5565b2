import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseRepository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import type { InspectOptions } from "@/lib/inspection/inspect-options";
import type { BuiltImage } from "@/scripts/demo/image/image";
import { extensionImage } from "@/tests/builders/extension-image";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";
import { serveImage } from "@/tests/support/registries/serve-image";

let registry: HostileRegistry;
let open: OpenClient;
beforeAll(async () => {
  registry = await startHostileRegistry();
});
afterAll(() => registry?.stop());
beforeEach(() => {
  open = openClient(registry.url);
  return () => open.close();
});

const PATH = "/v2/acme/disk-lens";

const serve = (image: BuiltImage) => serveImage(registry, "acme/disk-lens", image);

function inspectIt(options: Partial<InspectOptions> = {}) {
  const repository = parseRepository(`${registry.host}/acme/disk-lens`);
  return inspect({ client: open.client, repository, reference: "1.0.0", ...options });
}

const image = extensionImage();
const [amd64, arm64] = image.manifests;
const topLayer = image.blobs[2];

test("each digest is requested once", async () => {
  serve(image);
  const before = registry.requests.length;
  await inspectIt();
  const urls = registry.requests.slice(before).map(({ method, url }) => `${method} ${url}`);
  expect(new Set(urls).size).toBe(urls.length);
  expect(urls).toHaveLength(8);
});

describe("a fault of the registry is thrown and never becomes a finding", () => {
  beforeEach(() => serve(image));

  test.each([
    ["platform manifest", `${PATH}/manifests/${amd64?.digest}`],
    ["config", `${PATH}/blobs/${image.blobs[0]?.digest}`],
    ["layer", `${PATH}/blobs/${topLayer?.digest}`],
  ])("a %s that is missing: the tag itself is there", async (_name, path) => {
    registry.on(path, { status: 404 });
    await expect(inspectIt()).rejects.toMatchObject({
      code: "registry_error",
      retryable: true,
      details: { missing: expect.stringContaining("sha256:") },
    });
  });

  test.each([
    ["platform manifest", `${PATH}/manifests/${arm64?.digest}`, arm64?.bytes],
    ["config", `${PATH}/blobs/${image.blobs[0]?.digest}`, image.blobs[0]?.bytes],
    ["layer", `${PATH}/blobs/${topLayer?.digest}`, topLayer?.bytes],
  ])("a damaged %s", async (_name, path, bytes) => {
    const damaged = Buffer.from(bytes ?? []);
    damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 0xff;
    const headers = path.includes("manifests") ? { "content-type": arm64?.mediaType ?? "" } : {};
    registry.on(path, { headers, body: damaged });
    await expect(inspectIt()).rejects.toMatchObject({ code: "digest_mismatch" });
  });

  test("a layer that is exchanged for a broken archive of the same length", async () => {
    registry.on(`${PATH}/blobs/${topLayer?.digest}`, {
      body: Buffer.alloc(topLayer?.bytes.length ?? 0, "x"),
    });
    await expect(inspectIt()).rejects.toMatchObject({ code: "digest_mismatch" });
  });

  test("an error of the server", async () => {
    registry.on(`${PATH}/blobs/${topLayer?.digest}`, { status: 500 });
    await expect(inspectIt()).rejects.toMatchObject({ code: "registry_error" });
  });

  test("too many requests", async () => {
    registry.on(`${PATH}/manifests/${arm64?.digest}`, { status: 429, headers: { "retry-after": "120" } });
    await expect(inspectIt()).rejects.toMatchObject({
      code: "registry_rate_limited",
      retryAfterSeconds: 120,
    });
  });

  test("the next try succeeds", async () => {
    const { report } = await inspectIt();
    expect(report.state).toBe("inspected");
  });
});

test("a part of a platform that Docker Desktop does not run may be missing", async () => {
  const wide = extensionImage({
    platforms: ["amd64", "arm64", "s390x"].map((architecture) => ({ os: "linux", architecture })),
  });
  serve(wide);
  registry.on(`${PATH}/manifests/${wide.manifests[2]?.digest}`, { status: 404 });
  const { report } = await inspectIt();
  expect(report.platforms).toHaveLength(2);
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      code: "platform_foreign",
      evidence: { platforms: "linux/s390x" },
    }),
  );
});

test("a layer that never ends stops with the inspection, and its connection is closed", async () => {
  serve(image);
  let closed: Promise<void> | undefined;
  registry.on(`${PATH}/blobs/${topLayer?.digest}`, (_request, response) => {
    closed = new Promise((resolve) => response.once("close", () => resolve()));
    response.writeHead(200, { "content-length": topLayer?.bytes.length });
    response.write(topLayer?.bytes.subarray(0, 20));
    return undefined;
  });
  const controller = new AbortController();
  const inspecting = inspectIt({ signal: controller.signal });
  while (closed === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort(new Error("enough"));
  await expect(inspecting).rejects.toThrow();
  await closed;
});
