import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imageManifest, layer, type ManifestOptions } from "@/scripts/demo/image/image";
import { type BuiltManifest, descriptorOf, jsonPiece, MEDIA_TYPES, piece } from "@/scripts/demo/image/piece";
import { EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { indexOver, type Listed, type ListedEntry, listed, rewritten } from "@/tests/builders/listed-image";
import { holdingPolicies, POLICIES } from "@/tests/support/listing-verdicts";
import { type ServedBench, startServedBench } from "@/tests/support/registries/inspect-served";

let bench: ServedBench;
beforeAll(async () => {
  bench = await startServedBench();
});
afterAll(() => bench?.stop());

const { oci } = MEDIA_TYPES;
const ATTESTATION = { "vnd.docker.reference.type": "attestation-manifest" };

/** A good extension for one platform, alike on all of them. */
function extension(architecture: string, options: ManifestOptions = {}): BuiltManifest {
  const files = [
    { path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) },
    { path: "disk-lens.svg", content: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' },
    { path: "ui/index.html", content: "<!doctype html>" },
  ];
  return imageManifest({
    platform: { os: "linux", architecture },
    labels: EXTENSION_LABELS,
    layers: [layer(files)],
    ...options,
  });
}

const on = (architecture: string, more: Record<string, unknown> = {}) => ({
  platform: { os: "linux", architecture, ...more },
});
const arm64 = () => listed(extension("arm64"), on("arm64"));
const amd64 = () => listed(extension("amd64"), on("amd64"));
const both = (...more: ListedEntry[]) => indexOver(amd64(), arm64(), ...more);

const doubled = (target: Listed) =>
  rewritten(target, (text) => text.replace(/\}$/, ',"annotations":{},"annotations":{}}'));

function withConfig(bytes: Uint8Array | string, mediaType: string = oci.config): Listed {
  const config = piece(mediaType, bytes);
  const manifest = { schemaVersion: 2, mediaType: oci.manifest, config: descriptorOf(config), layers: [] };
  return { ...jsonPiece(oci.manifest, manifest), blobs: [config] };
}

const badUtf8 = () =>
  withConfig(Buffer.from('{"os":"linux","architecture":"amd64","author":"\xff"}', "latin1"));
const artifact = () => withConfig("{}", "application/vnd.example.config.v1+json");
const schema1 = () => ({
  ...jsonPiece("application/vnd.docker.distribution.manifest.v1+json", { schemaVersion: 1, fsLayers: [] }),
  blobs: [],
});

/** Entries that Gantry cannot read as an image, by what is wrong with them. */
const UNREADABLE: [name: string, target: () => Listed][] = [
  ["a manifest with a double key", () => doubled(extension("amd64"))],
  ["a config with a byte that is not UTF-8", badUtf8],
  ["a config that is not JSON", () => withConfig("{")],
  ["a config of another type", artifact],
  ["a manifest of schema 1", schema1],
  [
    "a manifest that lists manifests too",
    () => rewritten(extension("amd64"), (text) => text.replace(/\}$/, ',"manifests":[]}')),
  ],
  ["an index that is called a manifest", () => ({ ...indexOver(amd64()), mediaType: oci.manifest })],
];

describe("an image that a Docker Desktop could choose and Gantry cannot read requires a review under every policy", () => {
  const PLACES: [name: string, says: Record<string, unknown>][] = [
    ["for linux/amd64", on("amd64")],
    ["in capitals", { platform: { os: "Linux", architecture: "X86_64" } }],
    ["with letters that Go lowers to ASCII", { platform: { os: "l\u0130nux", architecture: "amd64" } }],
    ["without a platform", {}],
    ["with an empty platform", { platform: {} }],
    ["with a platform of null", { platform: null }],
    ["for an unnamed system", { platform: { architecture: "amd64" } }],
    ["of an unknown system", { platform: { os: "unknown", architecture: "amd64" } }],
  ];

  test.each(
    UNREADABLE.flatMap(([name, target]) =>
      PLACES.map(([place, says]) => [name, place, target, says] as const),
    ),
  )("%s %s", async (_name, _place, target, says) => {
    const { report } = await bench.inspectImage(indexOver(arm64(), listed(target(), says)));
    expect(report.state).toBe("inspected");
    expect(report.findings.map(({ code }) => code)).toContain("image_not_inspected");
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test.each<[name: string, says: Record<string, unknown>]>([
    ["another variant", on("amd64", { variant: "v3" })],
    ["an arm64 variant", on("arm64", { variant: "v9" })],
    [
      "a system version and features",
      on("amd64", { "os.version": "1", "os.features": ["x"], variant: "v2" }),
    ],
    ["a type of artifact", { ...on("amd64", { variant: "v2" }), artifactType: "application/vnd.example" }],
    ["an unknown media type", { ...on("amd64", { variant: "v2" }), mediaType: "application/vnd.example" }],
    ["the annotation of an attestation", { ...on("amd64", { variant: "v2" }), annotations: ATTESTATION }],
  ])("beside both platforms, with %s", async (_name, says) => {
    const { report } = await bench.inspectImage(both(listed(badUtf8(), says)));
    expect(report.findings.map(({ code }) => code)).toContain("image_not_inspected");
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test.each([
    ["386", "arm64"],
    ["arm", "amd64"],
  ])("for linux/%s, which machines without linux/%s take instead", async (architecture, listedOne) => {
    const { report } = await bench.inspectImage(
      indexOver(listed(extension(listedOne), on(listedOne)), listed(badUtf8(), on(architecture))),
    );
    expect(report.findings.map(({ code }) => code)).toContain("image_not_inspected");
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test("also where the index lists it in a nested index", async () => {
    const nested = indexOver(listed(doubled(extension("amd64")), on("amd64")));
    const { report } = await bench.inspectImage(indexOver(arm64(), listed(nested)));
    expect(report.findings.map(({ code }) => code)).toContain("image_not_inspected");
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test("also a nested index that readers understand differently", async () => {
    const nested = doubled(indexOver(amd64()));
    const { report } = await bench.inspectImage(indexOver(arm64(), listed(nested)));
    expect(report.findings.map(({ code }) => code)).toContain("image_not_inspected");
  });

  test("also one whose parts the registry lacks, beside the platforms that Docker Desktop needs", async () => {
    const missing = { ...extension("amd64", { created: "2026-02-02T00:00:00Z" }), blobs: [] };
    const { report } = await bench.inspectImage(both(listed(missing, on("amd64", { variant: "v3" }))));
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: "image_not_inspected",
        message: expect.stringContaining(
          "linux/amd64/v3, but Gantry could not inspect it: it is incomplete in the registry",
        ),
      }),
    );
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });
});

describe("what no Docker Desktop chooses does not hold a version", () => {
  test.each<[name: string, says: Record<string, unknown>, codes: string[]]>([
    [
      "an attestation",
      { platform: { os: "unknown", architecture: "unknown" }, annotations: ATTESTATION },
      [],
    ],
    ["Windows", { platform: { os: "windows", architecture: "amd64" } }, ["platform_foreign"]],
    ["linux/s390x", on("s390x"), ["platform_foreign"]],
    ["linux/386 beside linux/amd64", on("386"), ["platform_foreign"]],
    [
      "an unknown platform that does not call itself an attestation",
      { platform: { os: "unknown", architecture: "unknown" } },
      ["platform_foreign"],
    ],
    ["no platform", {}, ["platform_foreign"]],
    ["an empty platform", { platform: {} }, ["platform_foreign"]],
    ["a platform of null", { platform: null }, ["platform_foreign"]],
    ["a system without an architecture", { platform: { os: "linux" } }, ["platform_foreign"]],
  ])("%s", async (_name, says, codes) => {
    const { report } = await bench.inspectImage(both(listed(badUtf8(), says)));
    expect(report.findings.map(({ code }) => code).filter((code) => /^(image|platform)_/.test(code))).toEqual(
      codes,
    );
    expect(holdingPolicies(report)).toEqual(
      POLICIES.map(([name]) => name).filter((name) => name.includes("manual")),
    );
  });

  test("Windows twice, for two of its versions", async () => {
    const windows = (version: string) =>
      listed(extension("amd64", { platform: { os: "windows", architecture: "amd64" } }), {
        platform: { os: "windows", architecture: "amd64", "os.version": version },
      });
    const { report } = await bench.inspectImage(both(windows("10.0.17763"), windows("10.0.20348")));
    expect(report.findings.map(({ code }) => code)).not.toContain("platform_duplicate");
  });
});

describe("what the index says of an image, and the image does not confirm, requires a review", () => {
  test.each<[name: string, entry: () => ListedEntry, words: RegExp]>([
    [
      "a manifest that is called an index",
      () => listed(extension("amd64"), { ...on("amd64"), mediaType: oci.index }),
      /media type as “application\/vnd\.oci\.image\.index/,
    ],
    [
      "a manifest of Docker's type that is called OCI's",
      () => listed(extension("amd64", { flavour: "docker" }), { ...on("amd64"), mediaType: oci.manifest }),
      /but the registry as “application\/vnd\.docker/,
    ],
    [
      "an unknown type",
      () => listed(extension("amd64"), { ...on("amd64"), mediaType: "application/vnd.example" }),
      /media type as “application\/vnd\.example”/,
    ],
    [
      "another size",
      () => listed(extension("amd64"), { ...on("amd64"), size: 3 }),
      /has 3 bytes, but it has/,
    ],
  ])("%s", async (_name, entry, words) => {
    const { report } = await bench.inspectImage(indexOver(arm64(), entry()));
    expect(report.platforms.map(({ architecture }) => architecture)).toContain("amd64");
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: "index_ambiguous", message: expect.stringMatching(words) }),
    );
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test("one platform in the index and another one in the config", async () => {
    const { report } = await bench.inspectImage(indexOver(arm64(), listed(extension("s390x"), on("amd64"))));
    expect(report.findings.map(({ code }) => code)).toContain("platform_contradiction");
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test("one platform twice", async () => {
    const other = extension("amd64", { layers: [] });
    const { report } = await bench.inspectImage(both(listed(other, on("x86_64", { variant: "v1" }))));
    expect(report.findings.map(({ code }) => code)).toContain("platform_duplicate");
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });
});

test("the files of an image without a platform are read, whatever its config says that it is for", async () => {
  const host = { binaries: [{ linux: [{ path: "/evil" }] }] };
  const content = JSON.stringify({ ...EXTENSION_METADATA, host });
  const windows = extension("amd64", {
    platform: { os: "windows", architecture: "amd64" },
    layers: [layer([{ path: "metadata.json", content }])],
  });
  const { report } = await bench.inspectImage(indexOver(arm64(), listed(windows)));
  expect(report.capabilities.hostBinaries?.linux).toEqual(["/evil"]);
});

test("an ordinary index is listed where the policy lists automatically", async () => {
  const { report } = await bench.inspectImage(both());
  expect(holdingPolicies(report)).toEqual(
    POLICIES.map(([name]) => name).filter((name) => name.includes("manual")),
  );
});
