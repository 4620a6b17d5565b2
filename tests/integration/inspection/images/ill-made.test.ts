import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "@/lib/extension/findings/finding";
import { parseRepository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import { imageIndex, imageManifest, layer, singleImage } from "@/scripts/demo/image/image";
import { descriptorOf, jsonPiece, MEDIA_TYPES, piece, sha256 } from "@/scripts/demo/image/piece";
import { EXTENSION_LABELS, EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";
import { gzipped, tarOf } from "@/tests/builders/tar-bytes";
import { startHostileRegistry } from "@/tests/support/registries/hostile-registry";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";
import { openClient } from "@/tests/support/registries/registry-client";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench?.stop());

const METADATA = JSON.stringify(EXTENSION_METADATA);
const metadataLayer = (content = METADATA) => layer([{ path: "metadata.json", content }]);
const rawLayer = (bytes: Uint8Array) => ({ ...piece(MEDIA_TYPES.oci.gzip, bytes), diffId: "" });
const found = (findings: Finding[], code: string) => findings.filter((finding) => finding.code === code);

describe("platforms", () => {
  test.each([
    ["only amd64", [{ os: "linux", architecture: "amd64" }], ["platform_missing"]],
    ["only windows", [{ os: "windows", architecture: "amd64" }], ["platform_foreign", "platform_unusable"]],
    [
      "both and more",
      [
        { os: "linux", architecture: "arm64", variant: "v8" },
        { os: "linux", architecture: "amd64" },
        { os: "linux", architecture: "arm", variant: "v6" },
      ],
      ["platform_foreign"],
    ],
    [
      "one twice",
      [
        { os: "linux", architecture: "amd64" },
        { os: "linux", architecture: "arm64" },
        { os: "linux", architecture: "arm64", variant: "v8" },
      ],
      ["platform_duplicate"],
    ],
  ])("%s", async (_name, platforms, codes) => {
    const inspection = await bench.inspectImage(extensionImage({ platforms }));
    expect(inspection.report.state).toBe("inspected");
    expect(codesOf(inspection).filter((code) => code.startsWith("platform"))).toEqual(codes);
  });

  test("the first of two entries for one platform counts", async () => {
    const first = imageManifest({
      labels: { ...EXTENSION_LABELS, "org.opencontainers.image.title": "First" },
    });
    const second = imageManifest({
      labels: { ...EXTENSION_LABELS, "org.opencontainers.image.title": "Second" },
    });
    const { report } = await bench.inspectImage(imageIndex([first, second]));
    expect(report.labels.title).toBe("First");
    expect(report.platforms.map((platform) => platform.digest)).toEqual([first.digest]);
  });

  test("an index inside an index is opened; a third one is refused", async () => {
    const inner = extensionImage();
    const nest = (image: typeof inner) => {
      const root = jsonPiece(MEDIA_TYPES.oci.index, {
        schemaVersion: 2,
        mediaType: MEDIA_TYPES.oci.index,
        manifests: [descriptorOf(image.root)],
      });
      return { root, manifests: [...image.manifests, image.root], blobs: image.blobs };
    };
    const { report } = await bench.inspectImage(nest(inner));
    expect(report.platforms).toHaveLength(2);
    await expect(bench.inspectImage(nest(nest(inner)))).rejects.toMatchObject({
      code: "limit_exceeded",
      retryable: false,
    });
  });

  test("entries without a platform take it from their config", async () => {
    const manifests = ["amd64", "arm64"].map((architecture) =>
      imageManifest({
        platform: { os: "linux", architecture },
        labels: EXTENSION_LABELS,
        layers: [metadataLayer()],
      }),
    );
    const root = jsonPiece(MEDIA_TYPES.oci.index, {
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.oci.index,
      manifests: manifests.map((each) => descriptorOf(each)),
    });
    const { report } = await bench.inspectImage({
      root,
      manifests,
      blobs: manifests.flatMap((each) => each.blobs),
    });
    expect(report.platforms.map(({ architecture }) => architecture)).toEqual(["amd64", "arm64"]);
  });

  test("a config that is no JSON makes its platform unusable", async () => {
    const good = imageManifest({ labels: EXTENSION_LABELS, layers: [metadataLayer()] });
    const config = piece(MEDIA_TYPES.oci.config, "not json");
    const manifest = jsonPiece(MEDIA_TYPES.oci.manifest, {
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.oci.manifest,
      config: descriptorOf(config),
      layers: [],
    });
    const bad = { ...manifest, blobs: [config], platform: { os: "linux", architecture: "arm64" } };
    const { report } = await bench.inspectImage(imageIndex([good, bad]));
    expect(report.platforms).toHaveLength(1);
    expect(found(report.findings, "image_not_inspected")).toMatchObject([
      { evidence: { platform: "linux/arm64", why: expect.stringContaining("not UTF-8 JSON") } },
    ]);
    const alone = await bench.inspectImage(singleImage(bad));
    expect(alone.report).toMatchObject({ state: "invalid", findings: [{ code: "not_an_image" }] });
  });
});

describe("labels", () => {
  test("that differ between platforms are reported, and each platform keeps its own", async () => {
    const api = "com.docker.desktop.extension.api.version";
    const labelsFor = (platform: string): Record<string, string> =>
      platform === "linux/arm64" ? { [api]: ">= 0.4.2", built: "later" } : { built: "now" };
    const { report } = await bench.inspectImage(extensionImage({ labelsFor }));
    expect(report.requirements.map(({ raw }) => raw)).toEqual([">= 0.3.4", ">= 0.4.2"]);
    expect(found(report.findings, "label_divergence")).toMatchObject([
      { evidence: { label: api, platform: "linux/amd64", otherPlatform: "linux/arm64" } },
    ]);
  });

  test("an unreadable requirement on any platform is an error", async () => {
    const labelsFor = (platform: string): Record<string, string> =>
      platform === "linux/arm64" ? { "com.docker.desktop.extension.api.version": "$VERSION" } : {};
    const { report } = await bench.inspectImage(extensionImage({ labelsFor }));
    expect(found(report.findings, "requirement_unreadable")).toMatchObject([
      { severity: "error", evidence: { platform: "linux/arm64", value: "$VERSION" } },
    ]);
  });

  test("hostile names and characters survive storage as JSON", async () => {
    const labels = {
      ...EXTENSION_LABELS,
      ["__proto__"]: "x",
      constructor: "y",
      odd: "a\u0000b\ud800c\\u0000",
    };
    const manifest = imageManifest({ layers: [metadataLayer()], config: { config: { Labels: labels } } });
    const { report } = await bench.inspectImage(singleImage(manifest));
    expect(report.platforms[0]?.labels.odd).toBe("a\ufffdb\ufffdc\\u0000");
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(Object.getPrototypeOf(report.platforms[0]?.labels)).toBe(Object.prototype);
    expect(JSON.stringify(report)).not.toMatch(/[^\\]\\u0000|[^\\]\\ud8/);
  });
});

describe("metadata.json", () => {
  test.each([
    ["missing", { metadata: null }, ["metadata_missing"]],
    ["not JSON", { metadata: "{" }, ["metadata_invalid"]],
    ["a folder", { metadata: null, files: { "metadata.json/x": "" } }, ["metadata_not_a_file"]],
    ["over 1 MiB", { metadata: `{"x":"${"x".repeat(2 ** 20)}"}` }, ["metadata_too_large"]],
  ])("%s: the extension stays one, with an error and unknown capabilities", async (_name, options, codes) => {
    const inspection = await bench.inspectImage(extensionImage({ ...options, icon: null }));
    const { report } = inspection;
    expect(report).toMatchObject({ state: "inspected", metadata: null, icon: null });
    expect(report.capabilities.unknown).toEqual(["metadata.json"]);
    expect(codesOf(inspection).filter((code) => code.startsWith("metadata"))).toEqual(codes);
  });

  test("that differs between platforms requires a review, and capabilities are those of both", async () => {
    const other = { ...EXTENSION_METADATA, host: { binaries: [{ linux: [{ path: "/bin/tool" }] }] } };
    const manifests = [METADATA, JSON.stringify(other)].map((content, at) =>
      imageManifest({
        platform: { os: "linux", architecture: at === 0 ? "amd64" : "arm64" },
        labels: EXTENSION_LABELS,
        layers: [metadataLayer(content)],
      }),
    );
    const { report } = await bench.inspectImage(imageIndex(manifests));
    expect(report.metadata?.text).toBe(METADATA);
    expect(report.capabilities.hostBinaries).toEqual({ darwin: [], windows: [], linux: ["/bin/tool"] });
    expect(found(report.findings, "metadata_divergence")).toMatchObject([
      { evidence: { platform: "linux/amd64", otherPlatform: "linux/arm64" } },
    ]);
  });

  test("that only one platform has are reported", async () => {
    const manifests = ["amd64", "arm64"].map((architecture) =>
      imageManifest({
        platform: { os: "linux", architecture },
        labels: EXTENSION_LABELS,
        layers: architecture === "amd64" ? [metadataLayer()] : [],
      }),
    );
    const inspection = await bench.inspectImage(imageIndex(manifests));
    expect(codesOf(inspection)).toEqual(expect.arrayContaining(["metadata_divergence", "metadata_missing"]));
    expect(inspection.report.capabilities.unknown).toEqual(["metadata.json"]);
  });

  const build = (...layers: ReturnType<typeof layer>[]) =>
    bench.inspectImage(singleImage(imageManifest({ labels: EXTENSION_LABELS, layers })));

  test.each<[string, Uint8Array, RegExp]>([
    ["a broken archive", gzipped(tarOf({ name: "x", checksumError: 1 })), /checksum/],
    ["a broken gzip stream", gzipped(tarOf({ name: "x" })).subarray(0, 40), /gzip/],
    ["no bytes", new Uint8Array(0), /empty/],
  ])("is unknown above %s", async (_name, bytes, why) => {
    const { report } = await build(metadataLayer(), rawLayer(bytes));
    expect(report).toMatchObject({ state: "inspected", metadata: null });
    expect(found(report.findings, "layer_unreadable")).toMatchObject([
      { evidence: { why: expect.stringMatching(why) } },
    ]);
    expect(found(report.findings, "metadata_unknown")).toMatchObject([{ outcome: "not_checked" }]);
  });

  test("below a layer that we cannot read is shown, and not proven", async () => {
    const xz = Buffer.from("fd377a585a000000", "hex");
    const { report } = await build(metadataLayer(), rawLayer(xz));
    expect(report.metadata).toMatchObject({ proof: "partial", text: METADATA });
    expect(found(report.findings, "layer_unsupported")).toMatchObject([{ evidence: { compression: "xz" } }]);
    expect(found(report.findings, "metadata_partial")).toHaveLength(1);
  });

  test("below a layer over the limit is shown, and not proven; nothing of that layer is fetched", async () => {
    const big = layer([{ path: "big", content: Buffer.alloc(300_000, "x") }], { compression: "plain" });
    const image = singleImage(imageManifest({ labels: EXTENSION_LABELS, layers: [metadataLayer(), big] }));
    const { report } = await bench.inspectImage(image, { limits: { compressedBytes: 100_000 } });
    expect(report.metadata).toMatchObject({ proof: "partial" });
    expect(report.cost.bytes).toBeLessThan(20_000);
    expect(found(report.findings, "metadata_partial")).toMatchObject([
      {
        outcome: "not_checked",
        message: expect.stringContaining("the limit for the layers of an image is 100000"),
      },
    ]);
  });

  test("in an image with labels of no extension and layers over the limit says nothing about what it is", async () => {
    const image = singleImage(imageManifest({ layers: [metadataLayer()] }));
    const { report } = await bench.inspectImage(image, { limits: { compressedBytes: 1 } });
    expect(report).toMatchObject({ state: "inspected", metadata: null });
    expect(found(report.findings, "metadata_unknown")).toMatchObject([{ outcome: "not_checked" }]);
  });

  test("twice in a layer, or beside its whiteout, requires a review", async () => {
    const twice = await build(
      layer([
        { path: "metadata.json", content: "{}" },
        { path: "./metadata.json", content: METADATA },
      ]),
    );
    expect(twice.report.metadata?.text).toBe(METADATA);
    expect(codesOf(twice)).toContain("duplicate_entry");
    const beside = await build(
      layer([{ path: ".wh.metadata.json" }, { path: "metadata.json", content: METADATA }]),
    );
    expect(beside.report.metadata?.text).toBe(METADATA);
    expect(codesOf(beside)).toContain("ambiguous_layer");
  });

  test("deleted by a later layer is missing", async () => {
    const inspection = await build(metadataLayer(), layer([{ path: ".wh.metadata.json" }]));
    expect(codesOf(inspection)).toContain("metadata_missing");
  });

  test("layers that are said to be stored elsewhere are never fetched", async () => {
    const foreign = {
      ...metadataLayer("{}"),
      mediaType: "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
    };
    const { report } = await build(metadataLayer(), foreign);
    expect(report.metadata).toMatchObject({ proof: "partial", text: METADATA });
    expect(codesOf({ report, media: [] })).toContain("layer_foreign");
    expect(report.cost.requests).toBe(3);
  });
});

describe("icon", () => {
  test.each([
    ["missing", { icon: null }, "icon_missing_in_layers"],
    ["no picture", { icon: "<html></html>" }, "icon_file_unusable"],
    ["broken", { icon: "<svg" }, "icon_file_unusable"],
    ["over 1 MiB", { icon: Buffer.alloc(2 ** 20 + 1) }, "icon_file_unusable"],
    [
      "leading out of the image",
      { metadata: { ...EXTENSION_METADATA, icon: "../x.svg" } },
      "metadata_path_escapes",
    ],
  ])("%s: no icon, and a finding", async (_name, options, code) => {
    const inspection = await bench.inspectImage(extensionImage(options));
    expect(inspection).toMatchObject({ report: { state: "inspected", icon: null }, media: [] });
    expect(codesOf(inspection)).toContain(code);
  });

  test("in a folder of another layer is read from there", async () => {
    const metadata = { ...EXTENSION_METADATA, icon: "ui/assets/icon.svg" };
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
    const below = layer([{ path: "ui/assets/icon.svg", content: svg }]);
    const inspection = await bench.inspectImage(
      extensionImage({ layers: [below, metadataLayer(JSON.stringify(metadata))] }),
    );
    expect(inspection.report.icon).toMatchObject({ path: "/ui/assets/icon.svg", layer: below.digest });
    expect(inspection.media).toHaveLength(1);
  });
});

describe("what is no extension, and what is no image", () => {
  test("an ordinary image is invalid, with one finding that says so", async () => {
    const image = singleImage(
      imageManifest({ labels: { maintainer: "x" }, layers: [layer([{ path: "bin/sh" }])] }),
    );
    const { report } = await bench.inspectImage(image);
    expect(report).toMatchObject({
      state: "invalid",
      digest: image.root.digest,
      platforms: [{ os: "linux" }],
    });
    expect(report.findings).toMatchObject([{ code: "not_an_extension", severity: "error" }]);
  });

  test("a chart or artifact is invalid under its own digest", async () => {
    const config = jsonPiece("application/vnd.cncf.helm.config.v1+json", { name: "chart" });
    const root = jsonPiece(MEDIA_TYPES.oci.manifest, {
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.oci.manifest,
      config: descriptorOf(config),
      layers: [],
    });
    const { report, media } = await bench.inspectImage({ root, manifests: [], blobs: [config] });
    expect(report).toMatchObject({
      state: "invalid",
      digest: root.digest,
      platforms: [],
      findings: [{ code: "not_an_image", message: expect.stringContaining("Helm chart") }],
    });
    expect(media).toEqual([]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test("an image in Docker's first format is invalid under its own digest", async () => {
    const hostile = await startHostileRegistry();
    const { client, close } = openClient(hostile.url);
    const body = JSON.stringify({ schemaVersion: 1, name: "acme/old", tag: "1.0.0", fsLayers: [] });
    const headers = { "content-type": "application/vnd.docker.distribution.manifest.v1+prettyjws" };
    hostile.on("/v2/acme/old/manifests/1.0.0", { headers, body });
    const repository = parseRepository(`${hostile.host}/acme/old`);
    const { report } = await inspect({ client, repository, reference: "1.0.0" });
    expect(report).toMatchObject({
      state: "invalid",
      digest: sha256(body),
      findings: [{ code: "not_an_image" }],
    });
    await close();
    await hostile.stop();
  });

  test("an index without images is invalid", async () => {
    const { report } = await bench.inspectImage(imageIndex([]));
    expect(report).toMatchObject({ state: "invalid", findings: [{ code: "not_an_image" }] });
  });
});

describe("registry errors are thrown, never put on the image", () => {
  test("a tag or repository that is not there", async () => {
    await bench.inspectImage(extensionImage());
    await expect(bench.inspectPath("acme/image-0", "9.9.9")).rejects.toMatchObject({
      code: "reference_not_found",
    });
    await expect(bench.inspectPath("acme/nothing", "1.0.0")).rejects.toMatchObject({
      code: expect.stringMatching(/_not_found$/),
    });
  });

  test("a registry that is down, and up again", async () => {
    const image = extensionImage({ labels: { "org.opencontainers.image.title": "Down" } });
    const { report } = await bench.inspectImage(image);
    const path = report.repository.replace(`${bench.registry.host}/`, "");
    await bench.registry.halt();
    await expect(bench.inspectPath(path, "1.0.0")).rejects.toMatchObject({ retryable: true });
    await bench.registry.resume();
    expect((await bench.inspectPath(path, "1.0.0")).report).toEqual(report);
  });

  test("an inspection that takes too long", async () => {
    await expect(bench.inspectImage(extensionImage(), { limits: { imageMs: 0 } })).rejects.toMatchObject({
      code: "limit_exceeded",
      retryable: true,
    });
  });

  test("a caller that gives up", async () => {
    const reason = new Error("enough");
    const inspecting = bench.inspectImage(extensionImage(), { signal: AbortSignal.abort(reason) });
    await expect(inspecting).rejects.toBe(reason);
  });
});
