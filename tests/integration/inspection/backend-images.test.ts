import { afterAll, beforeAll, expect, test } from "vitest";
import { backendImageFindings } from "@/lib/inspection/image/backend-images";
import { extensionImage } from "@/tests/builders/extension-image";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushImage } from "@/tests/support/registries/push";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";

let registry: DistributionRegistry;
let open: OpenClient;
beforeAll(async () => {
  registry = await startDistributionRegistry();
  open = openClient(registry.registries);
  await pushImage(registry, "acme/both", "1.0.0", extensionImage());
  await pushImage(
    registry,
    "acme/amd64",
    "latest",
    extensionImage({ platforms: [{ os: "linux", architecture: "amd64" }] }),
  );
});
afterAll(async () => {
  await open?.close();
  await registry?.stop();
});

async function look(...images: string[]): Promise<[string, unknown][]> {
  const findings = await backendImageFindings(images, open.client.anonymous(), new AbortController().signal);
  return findings.map(({ code, evidence }) => [code, evidence.platform ?? evidence.why ?? null]);
}

test("an image that lacks arm64 is reported, and one for both is not", async () => {
  expect(await look(`${registry.host}/acme/both:1.0.0`)).toEqual([]);
  expect(await look(`${registry.host}/acme/amd64`)).toEqual([
    ["backend_image_platform_missing", "linux/arm64"],
  ]);
});

test("one that the registry does not have is reported", async () => {
  expect(await look(`${registry.host}/acme/both:9.9.9`)).toEqual([["backend_image_missing", null]]);
});

test("what must not or cannot be requested counts as not checked", async () => {
  expect(await look("redis:7", "acme/$NAME", "$" + "{DESKTOP_PLUGIN_IMAGE}")).toEqual([
    ["backend_image_not_checked", "its registry is not allowed on this marketplace"],
  ]);
  const many = Array.from({ length: 23 }, (_, at) => `gone.example/a/b:${at}`);
  expect(await look(...many)).toHaveLength(21);
});
