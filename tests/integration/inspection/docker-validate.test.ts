import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LABELS } from "@/lib/extension/labels/label-names";
import { applyPolicy, DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { parseReference } from "@/lib/extension/reference/reference";
import { preflight } from "@/lib/inspection/preflight";
import {
  EXTENSION_METADATA,
  type ExtensionImageOptions,
  extensionImage,
} from "@/tests/builders/extension-image";
import { type HostileRegistry, startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { type OpenClient, openClient } from "@/tests/support/registries/registry-client";
import { serveImage } from "@/tests/support/registries/serve-image";

let registry: HostileRegistry;
let open: OpenClient;
let images = 0;
beforeAll(async () => {
  registry = await startHostileRegistry();
  open = openClient(registry.url);
});
afterAll(async () => {
  await open?.close();
  await registry?.stop();
});

/** The errors that the image has under the preset that follows Docker's validator. */
async function errorsOf(options: ExtensionImageOptions, tag = "1.0.0"): Promise<string[]> {
  const path = `acme/image-${images++}`;
  serveImage(registry, path, extensionImage(options), tag);
  const { report } = await preflight({
    client: open.client,
    reference: parseReference(`${registry.host}/${path}:${tag}`),
  });
  const judged = applyPolicy(report.findings, { ...DEFAULT_POLICY, preset: "docker" });
  return judged.filter(({ severity }) => severity === "error").map(({ code }) => code);
}

const AMD64 = { os: "linux", architecture: "amd64" };
const ARM64 = { os: "linux", architecture: "arm64" };

/** Every label that `docker extension validate` calls required, with the finding that stands for its message. */
const REQUIRED = {
  [LABELS.title]: "title_missing",
  [LABELS.description]: "description_missing",
  [LABELS.vendor]: "vendor_missing",
  [LABELS.apiVersion]: "requirement_missing",
  [LABELS.icon]: "icon_label_missing",
  [LABELS.screenshots]: "screenshots_missing",
  [LABELS.detailedDescription]: "detailed_description_missing",
  [LABELS.publisherUrl]: "publisher_url_missing",
  [LABELS.changelog]: "changelog_missing",
  [LABELS.categories]: "categories_missing",
};

describe("under the preset docker, what docker extension validate refuses is an error", () => {
  test("an extension that it accepts has none", async () => {
    expect(await errorsOf({})).toEqual([]);
    expect(await errorsOf({ attestations: ["provenance", "sbom"] })).toEqual([]);
  });

  test.each(Object.entries(REQUIRED))("without the label %s: %s", async (label, code) => {
    expect(await errorsOf({ labels: { [label]: null } })).toEqual([code]);
    expect(await errorsOf({ labels: { [label]: "" } })).toEqual([code]);
  });

  test.each<[what: string, options: ExtensionImageOptions, codes: string[]]>([
    ["no metadata.json", { metadata: null, icon: null }, ["metadata_missing"]],
    [
      "another property at its root",
      { metadata: { ...EXTENSION_METADATA, extra: 1 } },
      ["metadata_unknown_key"],
    ],
    [
      "the property provider",
      { metadata: { ...EXTENSION_METADATA, provider: "Acme" } },
      ["metadata_obsolete_key"],
    ],
    ["only linux/amd64", { platforms: [AMD64] }, ["platform_missing"]],
    ["only linux/arm64", { platforms: [ARM64] }, ["platform_missing"]],
    [
      "amd64 beside a platform that is none",
      { platforms: [AMD64, { ...ARM64, os: "windows" }] },
      ["platform_missing"],
    ],
    [
      "additional-urls that are no list",
      { labels: { [LABELS.additionalUrls]: '{"title":"x","url":"https://acme.example"}' } },
      ["additional_urls_unreadable"],
    ],
    [
      "an additional URL without a title",
      { labels: { [LABELS.additionalUrls]: '[{"url":"https://acme.example"}]' } },
      ["additional_url_invalid"],
    ],
    ["a requirement that is none", { labels: { [LABELS.apiVersion]: "four" } }, ["requirement_unreadable"]],
  ])("%s", async (_what, options, codes) => {
    expect(await errorsOf(options)).toEqual(codes);
  });

  test.each(["latest", "1.0", "main"])("the tag %s", async (tag) => {
    expect(await errorsOf({}, tag)).toEqual(["tag_not_semver"]);
  });

  test("an index with attestations beside both platforms is multi-platform, whatever order they have", async () => {
    expect(await errorsOf({ platforms: [ARM64, AMD64], attestations: ["provenance"] })).toEqual([]);
  });
});
