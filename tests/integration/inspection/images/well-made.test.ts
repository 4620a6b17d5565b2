import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { type BuiltLayer, imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import { descriptorOf, jsonPiece, MEDIA_TYPES } from "@/scripts/demo/image/piece";
import {
  EXTENSION_ICON,
  EXTENSION_LABELS,
  EXTENSION_METADATA,
  extensionImage,
  SDK_LABELS,
} from "@/tests/builders/extension-image";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";
import { pushImage } from "@/tests/support/registries/push";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench?.stop());

const FINE = ["links_not_checked", "media_not_checked"];

describe("a well-made extension is read whole, however it was pushed", () => {
  test.each([
    ["OCI", {}],
    ["Docker", { flavour: "docker" }],
    ["plain layers", { compression: "plain" }],
    ["with attestations", { attestations: ["provenance", "sbom"] }],
  ] as const)("%s", async (_name, options) => {
    const image = extensionImage({
      ...options,
      attestations: [...("attestations" in options ? options.attestations : [])],
    });
    const inspection = await bench.inspectImage(image);
    const { report, media } = inspection;
    expect(codesOf(inspection)).toEqual(FINE);
    expect(report).toMatchObject({
      schema: 1,
      state: "inspected",
      digest: image.root.digest,
      mediaType: image.root.mediaType,
      platforms: [
        {
          os: "linux",
          architecture: "amd64",
          variant: null,
          created: "2026-01-02T03:04:05Z",
          labels: EXTENSION_LABELS,
        },
        { os: "linux", architecture: "arm64", variant: null, labels: EXTENSION_LABELS },
      ],
      labels: {
        title: "Disk Lens",
        vendor: "Acme Inc.",
        apiVersion: ">= 0.3.4",
        categories: ["utility-tools", "volumes"],
      },
      requirements: [
        { platform: "linux/amd64", raw: ">= 0.3.4" },
        { platform: "linux/arm64", raw: ">= 0.3.4" },
      ],
      metadata: {
        document: { ui: { title: "Disk Lens", root: "/ui", src: "index.html" } },
        text: JSON.stringify(EXTENSION_METADATA, null, 2),
        proof: "full",
      },
      capabilities: { ui: true, compose: false, hostBinaries: null, unknown: [] },
      icon: { contentType: "image/png" },
    });
    expect(media).toEqual([
      { sha256: report.icon?.sha256, contentType: "image/png", bytes: expect.anything() },
    ]);
    expect(await sharp(media[0]?.bytes).metadata()).toMatchObject({ format: "png", width: 256, height: 256 });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test("attestations are reported and are not platforms", async () => {
    const both = await bench.inspectImage(extensionImage({ attestations: ["provenance", "sbom"] }));
    const one = await bench.inspectImage(extensionImage({ attestations: ["provenance"] }));
    const none = await bench.inspectImage(extensionImage());
    expect(both.report.platforms).toHaveLength(2);
    expect(both.report.attestations).toEqual({ provenance: true, sbom: true });
    expect(one.report.attestations).toEqual({ provenance: true, sbom: false });
    expect(none.report.attestations).toEqual({ provenance: false, sbom: false });
  });

  test("provenance among the referrers counts, and only who asked for them says that there is none", async () => {
    const image = extensionImage();
    const [statement] = image.manifests;
    if (statement === undefined) return expect.unreachable();
    const artifactType = "application/vnd.acme.provenance+json";
    const referrers = jsonPiece(MEDIA_TYPES.oci.index, {
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.oci.index,
      manifests: [descriptorOf(statement, { artifactType })],
    });
    await pushImage(bench.registry, "acme/referred", "1.0.0", image);
    // The fallback of the distribution specification: this registry has no endpoint for referrers.
    const tag = image.root.digest.replace(":", "-");
    await pushImage(bench.registry, "acme/referred", tag, { root: referrers, manifests: [], blobs: [] });
    const told = async (reference: string, supplyChain: "index" | "registry") => {
      const { report } = await bench.inspectPath("acme/referred", reference, { supplyChain });
      const codes = report.findings.map(({ code }) => code);
      return [report.attestations.provenance, codes.includes("provenance_missing")];
    };
    expect(await told("1.0.0", "registry")).toEqual([true, false]);
    expect(await told("1.0.0", "index")).toEqual([false, false]);
    expect(await told(statement.digest, "registry")).toEqual([false, true]);
  });

  test("the three labels of the SDK's first rule are enough for no error", async () => {
    const onlyLabels = Object.fromEntries(SDK_LABELS.map((name) => [name, EXTENSION_LABELS[name] ?? ""]));
    const { report } = await bench.inspectImage(extensionImage({ onlyLabels }));
    expect(report.state).toBe("inspected");
    expect(report.findings.filter((finding) => finding.severity === "error")).toEqual([]);
  });

  test("an image without an index takes its platform from the config", async () => {
    const image = extensionImage({
      withoutIndex: true,
      platforms: [{ os: "linux", architecture: "arm64", variant: "v8" }],
    });
    const { report } = await bench.inspectImage(image);
    expect(report).toMatchObject({
      digest: image.root.digest,
      platforms: [{ architecture: "arm64", variant: null, digest: image.root.digest }],
    });
    expect(report.findings.map((finding) => finding.code)).toContain("platform_missing");
  });

  test("by digest as by tag", async () => {
    const image = extensionImage({ labels: { "org.opencontainers.image.title": "By digest" } });
    const byTag = await bench.inspectImage(image);
    const path = byTag.report.repository.replace(`${bench.registry.host}/`, "");
    const byDigest = await bench.inspectPath(path, image.root.digest);
    expect(byDigest).toEqual(byTag);
  });

  test("sizes are those of the manifest", async () => {
    const image = extensionImage();
    const { report } = await bench.inspectImage(image);
    const blobs = new Map(image.blobs.map((blob) => [blob.digest, blob.bytes.length]));
    expect(report.cost.imageBytes).toBe([...blobs.values()].reduce((sum, bytes) => sum + bytes, 0));
    expect(report.platforms[0]?.sizeBytes).toBe(
      image.blobs.slice(0, 3).reduce((sum, blob) => sum + blob.bytes.length, 0),
    );
  });
});

describe("only what is needed is fetched, once", () => {
  test("index, two manifests, two configs and the three layers that have the files", async () => {
    const { report } = await bench.inspectImage(extensionImage());
    expect(report.cost.requests).toBe(8);
  });

  test("a config and layers that platforms share", async () => {
    const layers = [layer([{ path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) }])];
    const manifest = imageManifest({ labels: EXTENSION_LABELS, layers });
    const twin = { ...manifest, platform: { os: "linux", architecture: "arm64" } };
    const inspection = await bench.inspectImage(imageIndex([manifest, twin]));
    expect(inspection.report.cost.requests).toBe(4);
    expect(codesOf(inspection)).toContain("platform_contradiction");
  });

  const bigBelow = (): BuiltLayer[] => [
    layer([{ path: "backend", content: randomBytes(6 * 2 ** 20) }], { compression: "plain" }),
    layer([
      { path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) },
      { path: "disk-lens.svg", content: EXTENSION_ICON },
      { path: "ui/", type: "directory", mode: 0o755 },
      { path: "ui/index.html", content: "<!doctype html>" },
    ]),
  ];

  test("far fewer bytes than the image has", async () => {
    const inspection = await bench.inspectImage(extensionImage({ layers: bigBelow() }));
    expect(codesOf(inspection)).toEqual(FINE);
    const { cost } = inspection.report;
    expect(cost.imageBytes).toBeGreaterThan(6 * 2 ** 20);
    expect(cost.bytes).toBeLessThan(20_000);
  });

  test("no layer bytes at all where the layers are known", async () => {
    const layerFacts = layerFactsInMemory();
    const image = extensionImage({ layers: bigBelow() });
    const first = await bench.inspectImage(image, { layerFacts });
    const second = await bench.inspectImage(image, { layerFacts });
    expect(first.report.cost.requests).toBe(6);
    expect(second.report.cost.requests).toBe(5);
    expect(second.report.metadata).toEqual(first.report.metadata);
    expect(second.media).toEqual(first.media);
  });
});
