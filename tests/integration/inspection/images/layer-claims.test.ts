import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BuiltLayer, imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import { descriptorOf, jsonPiece, MEDIA_TYPES, piece, sha256 } from "@/scripts/demo/image/piece";
import { tar } from "@/scripts/demo/image/tar";
import { EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { zstdFrame } from "@/tests/builders/zstd-bytes";
import { holdingPolicies, POLICIES } from "@/tests/support/listing-verdicts";
import { type ServedBench, startServedBench } from "@/tests/support/registries/inspect-served";

let bench: ServedBench;
beforeAll(async () => {
  bench = await startServedBench();
});
afterAll(() => bench?.stop());

const { oci } = MEDIA_TYPES;
const ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
const good = (metadata: object = EXTENSION_METADATA) =>
  layer([
    { path: "metadata.json", content: JSON.stringify(metadata) },
    { path: "disk-lens.svg", content: ICON },
  ]);
const below = () => layer([{ path: "ui/index.html", content: "<p>" }]);

/** Both platforms from these layers, with this in their configs. */
const inspectLayers = (layers: BuiltLayer[], config: Record<string, unknown> = {}) =>
  bench.inspectImage(
    imageIndex(
      ["amd64", "arm64"].map((architecture) =>
        imageManifest({
          platform: { os: "linux", architecture },
          labels: EXTENSION_LABELS,
          layers,
          config,
        }),
      ),
    ),
  );

const claims = (codes: readonly { code: string }[]) =>
  [...new Set(codes.map(({ code }) => code))].filter((code) => code.startsWith("layer"));

describe("layers that manifest and config describe differently require a review under every policy", () => {
  const diffIds = (...layers: BuiltLayer[]) => layers.map(({ diffId }) => diffId);
  const rootfs = (ids: unknown, type: unknown = "layers") => ({ rootfs: { type, diff_ids: ids } });

  test.each<[name: string, layers: BuiltLayer[], config: Record<string, unknown>, words: RegExp]>([
    [
      "fewer digests than layers",
      [below(), good()],
      rootfs(diffIds(below())),
      /lists 2 layers, but the config 1/,
    ],
    [
      "more digests than layers",
      [good()],
      rootfs(diffIds(below(), good())),
      /lists one layer, but the config 2/,
    ],
    ["no digests", [good()], rootfs([]), /one layer, but the config 0/],
    ["no rootfs", [good()], { rootfs: null }, /one layer, but the config 0/],
    [
      "the digest of another archive",
      [below(), good()],
      rootfs(diffIds(below(), below())),
      /but the config expects/,
    ],
    ["the digest of the compressed layer", [good()], rootfs([good().digest]), /but the config expects/],
    [
      "digests in another order",
      [below(), good()],
      rootfs(diffIds(good(), below())),
      /but the config expects/,
    ],
    ["a sha512 digest", [good()], rootfs([`sha512:${"0".repeat(128)}`]), /but the config expects/],
    ["an empty digest", [good()], rootfs([null]), /but the config expects/],
    ["a rootfs of another type", [good()], rootfs(diffIds(good()), "layers+base"), /the type “layers\+base”/],
    ["a rootfs without a type", [good()], rootfs(diffIds(good()), null), /the type “”/],
  ])("%s", async (_name, layers, config, words) => {
    const { report } = await inspectLayers(layers, config);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: "layers_contradiction", message: expect.stringMatching(words) }),
    );
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test.each([
    "application/vnd.example.readme.v1+tar",
    "application/vnd.example.readme.v1.tar+gzip",
    "application/vnd.oci.image.layer.v1.tar+bzip2",
    "application/vnd.oci.image.layer.v1.tar+gzip+encrypted",
    "application/vnd.in-toto+json",
    "application/octet-stream",
    "Application/vnd.oci.image.layer.v1.tar+gzip",
    "",
  ])("a layer of the type %j", async (mediaType) => {
    const { report } = await inspectLayers([below(), { ...good(), mediaType }]);
    expect(claims(report.findings)).toContain("layer_type_unknown");
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test("a top layer that is none hides what the layers below hold", async () => {
    const host = { binaries: [{ linux: [{ path: "/evil" }] }] };
    const evil = good({ ...EXTENSION_METADATA, host });
    const decoy = { ...good(), mediaType: "application/vnd.example.readme.v1.tar+gzip" };
    const { report } = await inspectLayers([evil, decoy], rootfs(diffIds(evil)));
    expect(claims(report.findings)).toEqual(["layer_type_unknown", "layers_contradiction"]);
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });
});

describe("layers are what their first bytes say, as for moby and containerd", () => {
  const entries = [
    { path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) },
    { path: "disk-lens.svg", content: ICON },
  ];
  const archive = tar(entries);
  const zstd = () => ({ ...piece(oci.gzip, zstdFrame(archive)), diffId: sha256(archive) });

  test.each<[name: string, layer: () => BuiltLayer]>([
    ["gzip", () => layer(entries)],
    ["gzip that is called uncompressed", () => ({ ...layer(entries), mediaType: oci.plain })],
    [
      "uncompressed that is called gzip",
      () => ({ ...layer(entries, { compression: "plain" }), mediaType: oci.gzip }),
    ],
    ["zstd that is called gzip", zstd],
    ["zstd", () => ({ ...zstd(), mediaType: "application/vnd.oci.image.layer.v1.tar+zstd" })],
    ["Docker's gzip", () => layer(entries, { flavour: "docker" })],
    ["Docker's zstd", () => ({ ...zstd(), mediaType: "application/vnd.docker.image.rootfs.diff.tar.zstd" })],
  ])("%s", async (_name, build) => {
    const { report } = await inspectLayers([build()]);
    expect(report.metadata?.proof).toBe("full");
    expect(claims(report.findings)).toEqual([]);
  });
});

test("a platform that no Docker Desktop runs may have odd layers", async () => {
  const odd = imageManifest({
    platform: { os: "windows", architecture: "amd64" },
    labels: EXTENSION_LABELS,
    layers: [{ ...good(), mediaType: "application/vnd.example" }],
    config: { rootfs: { type: "layers", diff_ids: [] } },
  });
  const manifests = ["amd64", "arm64"].map((architecture) =>
    imageManifest({ platform: { os: "linux", architecture }, labels: EXTENSION_LABELS, layers: [good()] }),
  );
  const { report } = await bench.inspectImage(imageIndex([...manifests, odd]));
  expect(report.platforms).toHaveLength(2);
  expect(claims(report.findings)).toEqual([]);
});

test("embedded content of a descriptor changes nothing: the layer's own bytes count", async () => {
  const real = good();
  const data = Buffer.from("other bytes").toString("base64");
  const built = imageManifest({ labels: EXTENSION_LABELS, layers: [real] });
  const document: { layers: object[] } = JSON.parse(built.bytes.toString("utf8"));
  const manifest = jsonPiece(oci.manifest, { ...document, layers: [descriptorOf(real, { data })] });
  const { report } = await bench.inspectImage({ root: manifest, manifests: [], blobs: built.blobs });
  expect(report.metadata?.text).toBe(JSON.stringify(EXTENSION_METADATA));
  expect(claims(report.findings)).toEqual([]);
});
