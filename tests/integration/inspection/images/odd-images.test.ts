import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "@/lib/extension/findings/finding";
import { type BuiltLayer, imageIndex, imageManifest, layer, singleImage } from "@/scripts/demo/image/image";
import {
  type BuiltManifest,
  descriptorOf,
  jsonPiece,
  MEDIA_TYPES,
  piece,
  sha256,
} from "@/scripts/demo/image/piece";
import { EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { gzipped, TAR_END, tarOf, tarPart } from "@/tests/builders/tar-bytes";
import { zstdFrame } from "@/tests/builders/zstd-bytes";
import { type ServedBench, startServedBench } from "@/tests/support/registries/inspect-served";

let bench: ServedBench;
beforeAll(async () => {
  bench = await startServedBench();
});
afterAll(() => bench?.stop());

const { oci } = MEDIA_TYPES;
const METADATA = JSON.stringify(EXTENSION_METADATA);
const ARM64 = { os: "linux", architecture: "arm64" };
const metadataLayer = () => layer([{ path: "metadata.json", content: METADATA }]);
const codes = (findings: readonly Finding[], prefix: string) =>
  findings.flatMap(({ code }) => (code.startsWith(prefix) ? [code] : []));
const inspectLayers = (...layers: BuiltLayer[]) =>
  bench.inspectImage(singleImage(imageManifest({ labels: EXTENSION_LABELS, layers })));

describe("the index of an eStargz layer is no evidence", () => {
  const LIE = '{"icon":"evil.svg"}';

  /** The table of contents that a lazy puller would go by: it describes another metadata.json than the archive holds. */
  const contents = JSON.stringify({
    version: 1,
    entries: [
      {
        name: "metadata.json",
        type: "reg",
        size: LIE.length,
        digest: sha256(LIE),
        offset: 0,
        chunkDigest: sha256(LIE),
      },
    ],
  });

  /** One gzip member per file, then the table, then the footer that says where it is. */
  function estargz(): Buffer {
    const file = gzipSync(tarPart({ name: "metadata.json", content: METADATA }));
    const table = gzipSync(
      Buffer.concat([tarPart({ name: "stargz.index.json", content: contents }), TAR_END]),
    );
    const place = `${file.length.toString(16).padStart(16, "0")}STARGZ`;
    const header = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 26, 0, 0x53, 0x47, 22, 0]);
    const empty = Buffer.from([1, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0]);
    return Buffer.concat([file, table, header, Buffer.from(place), empty]);
  }

  test.each([
    ["that is its digest", sha256(contents)],
    ["that is another digest", sha256("another")],
  ])("with an annotation %s: the archive counts, read whole and verified", async (_name, tocDigest) => {
    const stargz = piece(oci.gzip, estargz());
    const config = imageManifest({ labels: EXTENSION_LABELS }).blobs[0] ?? stargz;
    const root = jsonPiece(oci.manifest, {
      schemaVersion: 2,
      mediaType: oci.manifest,
      config: descriptorOf(config),
      layers: [
        descriptorOf(stargz, {
          annotations: {
            "containerd.io/snapshot/stargz/toc.digest": tocDigest,
            "io.containers.estargz.uncompressed-size": "1",
          },
        }),
      ],
    });
    const before = bench.registry.requests.length;
    const { report } = await bench.inspectImage({ root, manifests: [], blobs: [config, stargz] });
    expect(report.metadata).toMatchObject({ text: METADATA, proof: "full", layer: stargz.digest });
    const asked = bench.registry.requests.slice(before).filter(({ url }) => url.endsWith(stargz.digest));
    expect(asked.map(({ headers }) => headers.range)).toEqual([undefined]);
    expect(report.cost.bytes).toBeGreaterThanOrEqual(stargz.bytes.length);
  });
});

describe("layers, few and many", () => {
  test("none: there is no metadata.json", async () => {
    const { report } = await inspectLayers();
    expect(report).toMatchObject({ state: "inspected", metadata: null });
    expect(codes(report.findings, "metadata")).toEqual(["metadata_missing"]);
  });

  test("512 times the same one is fetched once", async () => {
    const same = metadataLayer();
    const before = bench.registry.requests.length;
    const { report } = await inspectLayers(...Array.from({ length: 512 }, () => same));
    const [platform] = report.platforms;
    expect(report.metadata).toMatchObject({ text: METADATA, proof: "full" });
    const asked = bench.registry.requests.slice(before).filter(({ url }) => url.endsWith(same.digest));
    expect(asked).toHaveLength(1);
    const config = (platform?.sizeBytes ?? 0) - 512 * same.bytes.length;
    expect(report.cost.imageBytes).toBe(config + same.bytes.length);
  });

  test("513 make their platform unusable, and its neighbor is read", async () => {
    const same = metadataLayer();
    const many = imageManifest({
      platform: ARM64,
      labels: EXTENSION_LABELS,
      layers: Array.from({ length: 513 }, () => same),
    });
    const { report } = await bench.inspectImage(
      imageIndex([imageManifest({ labels: EXTENSION_LABELS, layers: [same] }), many]),
    );
    expect(report.metadata?.text).toBe(METADATA);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: "image_not_inspected",
        message: expect.stringContaining("513 layers. The limit is 512"),
      }),
    );
  });
});

describe("the configs of all platforms together", () => {
  const platformOf = (architecture: string) =>
    imageManifest({
      platform: { os: "linux", architecture },
      labels: { ...EXTENSION_LABELS, architecture },
      layers: [metadataLayer()],
    });
  const manifests = ["amd64", "arm64"].map(platformOf);
  const configBytes = manifests.reduce((sum, { blobs }) => sum + (blobs[0]?.bytes.length ?? 0), 0);

  test("are read up to the limit; one byte less, and the whole image is beyond it", async () => {
    const { report } = await bench.inspectImage(imageIndex(manifests), { limits: { configBytes } });
    expect(report.platforms).toHaveLength(2);
    const beyond = bench.inspectImage(imageIndex(manifests), { limits: { configBytes: configBytes - 1 } });
    await expect(beyond).rejects.toMatchObject({ code: "limit_exceeded", retryable: false });
  });

  test("of 256 platforms with four megabytes each not more than the limit is fetched", async () => {
    const config = piece(
      oci.config,
      JSON.stringify({ os: "linux", architecture: "amd64" }).padEnd(4 * 2 ** 20),
    );
    const digests = new Set<string>();
    const entries = Array.from({ length: 256 }, (_, at) => {
      // Only the promise of another digest is needed: none of these is ever asked for.
      const promised = at < 3 ? config : { ...config, digest: sha256(String(at)) };
      digests.add(promised.digest);
      const manifest = jsonPiece(oci.manifest, {
        schemaVersion: 2,
        mediaType: oci.manifest,
        config: descriptorOf(promised),
        layers: [],
        annotations: { at: String(at) },
      });
      return {
        manifest,
        entry: descriptorOf(manifest, { platform: { os: "linux", architecture: `a${at}` } }),
      };
    });
    const root = jsonPiece(oci.index, {
      schemaVersion: 2,
      mediaType: oci.index,
      manifests: entries.map(({ entry }) => entry),
    });
    const image = { root, manifests: entries.map(({ manifest }) => manifest), blobs: [config] };
    const before = bench.registry.requests.length;
    await expect(bench.inspectImage(image)).rejects.toMatchObject({
      code: "limit_exceeded",
      message: expect.stringContaining("16777216 bytes in total"),
    });
    const asked = bench.registry.requests.slice(before).map(({ url }) => url.split("/blobs/")[1] ?? "");
    expect(asked.filter((digest) => digests.has(digest)).length).toBeLessThanOrEqual(4);
  });
});

describe("metadata.json at its limit", () => {
  const filled = (bytes: number) => layer([{ path: "metadata.json", content: METADATA.padEnd(bytes) }]);

  test("1 MiB is read, one byte more is not", async () => {
    const whole = await inspectLayers(filled(2 ** 20));
    expect(whole.report.metadata?.text).toHaveLength(2 ** 20);
    const more = await inspectLayers(filled(2 ** 20 + 1));
    expect(more.report.metadata).toBeNull();
    expect(codes(more.report.findings, "metadata")).toEqual(["metadata_too_large"]);
  });
});

describe("the compression is what the bytes are, whatever the media type says", () => {
  const archive = Buffer.from(tarOf({ name: "metadata.json", content: METADATA }));
  const ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";

  test.each<[name: string, mediaType: string, bytes: Uint8Array]>([
    ["zstd under gzip", oci.gzip, zstdFrame(archive)],
    ["plain under gzip", oci.gzip, archive],
    ["gzip under plain", oci.plain, gzipped(archive)],
    ["gzip under zstd", ZSTD, gzipped(archive)],
    ["gzip under an unknown media type", "application/x-layer", gzipped(archive)],
  ])("%s", async (_name, mediaType, bytes) => {
    const { report } = await inspectLayers({ ...piece(mediaType, bytes), diffId: "" });
    expect(report.metadata).toMatchObject({ text: METADATA, proof: "full" });
  });
});

describe("one manifest for two platforms", () => {
  test("is read once, and the platform that its config contradicts is reported", async () => {
    const only = imageManifest({ labels: EXTENSION_LABELS, layers: [metadataLayer()] });
    const again: BuiltManifest = { ...only, platform: ARM64 };
    const before = bench.registry.requests.length;
    const { report } = await bench.inspectImage(imageIndex([only, again]));
    const asked = bench.registry.requests.slice(before).map(({ url }) => url);
    expect(new Set(asked).size).toBe(asked.length);
    expect(report.platforms.map(({ architecture, digest }) => [architecture, digest])).toEqual([
      ["amd64", only.digest],
      ["unknown", only.digest],
    ]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: "platform_contradiction",
        evidence: { index: "linux/arm64", config: "linux/amd64" },
      }),
    );
  });

  test("variants that mean the same are one platform, others are not", async () => {
    const of = (architecture: string, variant: string, title: string): BuiltManifest =>
      imageManifest({
        platform: { os: "linux", architecture, variant },
        labels: { ...EXTENSION_LABELS, "org.opencontainers.image.title": title },
        layers: [metadataLayer()],
      });
    const { report } = await bench.inspectImage(
      imageIndex([
        of("amd64", "v1", "A"),
        of("arm64", "v8", "B"),
        of("aarch64", "8", "C"),
        of("amd64", "v3", "D"),
        of("arm", "v6", "E"),
        of("arm", "v7", "F"),
      ]),
    );
    expect(report.platforms.map(({ architecture, variant }) => [architecture, variant])).toEqual([
      ["amd64", null],
      ["arm64", null],
      ["amd64", "v3"],
    ]);
    expect(codes(report.findings, "platform")).toEqual(["platform_duplicate", "platform_foreign"]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        code: "platform_foreign",
        evidence: { platforms: "linux/amd64/v3, linux/arm/v6, linux/arm" },
      }),
    );
  });
});

describe("what hides behind the annotation of an attestation", () => {
  const ANNOTATIONS = {
    "vnd.docker.reference.type": "attestation-manifest",
    "vnd.docker.reference.digest": `sha256:${"0".repeat(64)}`,
  };
  const titled = (title: string, platform = { os: "linux", architecture: "amd64" }) =>
    imageManifest({
      platform,
      labels: { ...EXTENSION_LABELS, "org.opencontainers.image.title": title },
      layers: [metadataLayer()],
    });
  const indexOf = (...entries: [BuiltManifest, Record<string, unknown>][]) => ({
    root: jsonPiece(oci.index, {
      schemaVersion: 2,
      mediaType: oci.index,
      manifests: entries.map(([manifest, extra]) => descriptorOf(manifest, extra)),
    }),
    manifests: entries.map(([manifest]) => manifest),
    blobs: entries.flatMap(([manifest]) => manifest.blobs),
  });

  test("is the image where it names a platform: Docker would pull it before the other one", async () => {
    const [hidden, shown] = [titled("Hidden"), titled("Shown")];
    const { report } = await bench.inspectImage(
      indexOf(
        [hidden, { platform: hidden.platform, annotations: ANNOTATIONS }],
        [shown, { platform: shown.platform }],
      ),
    );
    expect(report.labels.title).toBe("Hidden");
    expect(report.platforms.map(({ digest }) => digest)).toEqual([hidden.digest]);
    expect(codes(report.findings, "platform_duplicate")).toHaveLength(1);
  });

  test("is an image where it names none and its config does", async () => {
    const [hidden, shown] = [titled("Hidden", ARM64), titled("Shown")];
    const { report } = await bench.inspectImage(
      indexOf([shown, { platform: shown.platform }], [hidden, { annotations: ANNOTATIONS }]),
    );
    expect(report.platforms.map(({ architecture, digest }) => [architecture, digest])).toEqual([
      ["amd64", shown.digest],
      ["arm64", hidden.digest],
    ]);
  });

  test("is none where neither names one", async () => {
    const nothing = titled("Nothing", { os: "unknown", architecture: "unknown" });
    const shown = titled("Shown");
    const { report } = await bench.inspectImage(
      indexOf([nothing, { annotations: ANNOTATIONS }], [shown, { platform: shown.platform }]),
    );
    expect(report.platforms.map(({ digest }) => digest)).toEqual([shown.digest]);
    expect(report.labels.title).toBe("Shown");
  });
});

test("a config that readers interpret differently is reported, and its last labels count", async () => {
  const labels = JSON.stringify(EXTENSION_LABELS);
  const title = '"org.opencontainers.image.title":"Disk Lens"';
  const config = piece(
    oci.config,
    `{"os":"linux","architecture":"amd64","config":{"Labels":${labels.replace(title, `${title},"org.opencontainers.image.title":"Other"`)}}}`,
  );
  const only = metadataLayer();
  const root = jsonPiece(oci.manifest, {
    schemaVersion: 2,
    mediaType: oci.manifest,
    config: descriptorOf(config),
    layers: [descriptorOf(only)],
  });
  const { report } = await bench.inspectImage({ root, manifests: [], blobs: [config, only] });
  expect(report.labels.title).toBe("Other");
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      code: "config_ambiguous",
      message: expect.stringContaining(
        "“config.Labels.org.opencontainers.image.title” occurs more than once",
      ),
    }),
  );
});
