import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDigest } from "@/lib/extension/reference/digest";
import { parseRepository } from "@/lib/extension/reference/repository";
import { preflight } from "@/lib/inspection/preflight";
import { openLayout } from "@/lib/registry/layout/layout";
import { type BuiltImage, imageManifest, layer, singleImage } from "@/scripts/demo/image/image";
import { descriptorOf } from "@/scripts/demo/image/piece";
import { EXTENSION_LABELS, EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";
import {
  archiveOf,
  blobPath,
  blobsOf,
  indexJson,
  type LayoutContent,
  layoutContent,
  writeLayout,
} from "@/tests/builders/oci-layout";
import { gzipped, tarOf } from "@/tests/builders/tar-bytes";

const REF_NAME = "org.opencontainers.image.ref.name";
const IMAGE = extensionImage({ attestations: ["provenance"] });
const TAGGED = layoutContent(IMAGE, {
  [REF_NAME]: "1.0.0",
  "io.containerd.image.name": "docker.io/acme/lens:1.0.0",
});

let folder: string;
let places = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gantry-layout-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function place(
  kind: "folder" | "archive",
  content: LayoutContent,
): { kind: "folder" | "archive"; path: string } {
  const at = path.join(folder, `layout-${places++}`);
  if (kind === "folder") writeLayout(at, content);
  else writeFileSync(at, archiveOf(content));
  return { kind, path: at };
}

async function look(at: { kind: "folder" | "archive"; path: string }, tag?: string) {
  const layout = await openLayout({ ...at, tag });
  try {
    const repository = parseRepository("acme/lens");
    const reference = { repository, digest: layout.digest };
    return { layout, ...(await preflight({ client: layout.client, reference })) };
  } finally {
    await layout.close();
  }
}

describe.each(["folder", "archive"] as const)("an image in a layout (%s)", (kind) => {
  test("is read as one on a registry, with its tag and the name it is meant for", async () => {
    const { layout, report } = await look(place(kind, TAGGED));
    expect(layout).toMatchObject({ tag: "1.0.0", repository: "docker.io/acme/lens" });
    expect(report).toMatchObject({
      state: "inspected",
      digest: IMAGE.root.digest,
      attestations: { provenance: true },
      supplyChain: { complete: true },
      metadata: { proof: "full", document: { ui: { title: "Disk Lens" } } },
      cost: { requests: 0 },
    });
    expect(report.platforms).toHaveLength(2);
    expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("may be one of several, chosen by its tag", async () => {
    const older = extensionImage({ labels: { "org.opencontainers.image.title": "Older" } });
    const content = {
      ...blobsOf(IMAGE),
      ...blobsOf(older),
      "index.json": indexJson([
        descriptorOf(IMAGE.root, { annotations: { [REF_NAME]: "2.0.0" } }),
        descriptorOf(older.root, { annotations: { [REF_NAME]: "acme/lens:1.0.0" } }),
      ]),
    };
    const at = place(kind, content);
    expect((await look(at, "1.0.0")).report.labels.title).toBe("Older");
    expect((await look(at, "2.0.0")).report.labels.title).toBe("Disk Lens");
    await expect(look(at)).rejects.toMatchObject({
      code: "reference_not_found",
      message: /2\.0\.0, 1\.0\.0/,
    });
    await expect(look(at, "3.0.0")).rejects.toMatchObject({ code: "reference_not_found" });
  });

  test("may have its platforms in index.json itself", async () => {
    const content = {
      ...blobsOf(IMAGE),
      "index.json": indexJson(
        ["amd64", "arm64"].map((architecture, at) =>
          descriptorOf(IMAGE.manifests[at] ?? IMAGE.root, { platform: { os: "linux", architecture } }),
        ),
      ),
    };
    const { report } = await look(place(kind, content));
    expect(report.platforms.map(({ architecture }) => architecture)).toEqual(["amd64", "arm64"]);
  });

  test("may have manifests that do not name their own type", async () => {
    const manifest = imageManifest({
      labels: EXTENSION_LABELS,
      layers: [layer([{ path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) }])],
    });
    const { mediaType: _, ...untyped } = JSON.parse(manifest.bytes.toString());
    const bytes = Buffer.from(JSON.stringify(untyped));
    const image = singleImage({ ...manifest, bytes, digest: digestOf(bytes) });
    expect((await look(place(kind, layoutContent(image)))).report.state).toBe("inspected");
  });

  test.each<[string, (content: LayoutContent) => LayoutContent, string]>([
    ["no index.json", ({ "index.json": _, ...rest }) => rest, "not_found"],
    ["an index.json that is no JSON", (all) => ({ ...all, "index.json": "{" }), "layout_invalid"],
    ["an empty index.json", (all) => ({ ...all, "index.json": "" }), "layout_invalid"],
    ["nothing in its index", (all) => ({ ...all, "index.json": indexJson([]) }), "layout_invalid"],
    ["a digest that leads elsewhere", (all) => ({ ...all, "index.json": elsewhere() }), "layout_invalid"],
    ["a huge index.json", (all) => ({ ...all, "index.json": " ".repeat(5 * 2 ** 20) }), "limit_exceeded"],
    ["a thousand entries", (all) => ({ ...all, "index.json": indexJson(thousand()) }), "limit_exceeded"],
    ["no manifest", (all) => without(all, IMAGE.root.digest), "layout_invalid"],
    ["no layer", (all) => without(all, lastLayer(IMAGE)), "layout_invalid"],
    ["another manifest", (all) => ({ ...all, [blobPath(IMAGE.root.digest)]: "{}" }), "layout_invalid"],
    ["a layer of another size", (all) => ({ ...all, [blobPath(lastLayer(IMAGE))]: "x" }), "layout_invalid"],
    ["a layer of other bytes", (all) => scrambled(all, lastLayer(IMAGE)), "layout_invalid"],
    ["a chart instead of an image", (all) => ({ ...all, "index.json": chart() }), "unsupported_media_type"],
  ])("with %s is refused", async (_what, change, code) => {
    const at = place(kind, change(TAGGED));
    const error = await look(at).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "AppError", code, suggestion: expect.any(String) });
  });
});

describe("an archive", () => {
  const refused = (bytes: Uint8Array) => {
    const file = path.join(folder, `archive-${places++}`);
    writeFileSync(file, bytes);
    return expect(look({ kind: "archive", path: file })).rejects;
  };

  test.each([
    ["with a path that leads out of it", tarOf({ name: "../index.json", content: "{}" })],
    [
      "with a file twice",
      tarOf({ name: "index.json", content: "{}" }, { name: "./index.json", content: "{}" }),
    ],
    ["with a link for a file", tarOf({ name: "index.json", type: "2", linkName: "/etc/passwd" })],
    ["that is compressed", gzipped(archiveOf(TAGGED))],
    ["that is cut off", archiveOf(TAGGED).subarray(0, 2_000)],
    ["of random bytes", Buffer.alloc(4_096, "gantry")],
    ["that is empty", Buffer.alloc(0)],
    ["with a size that no disk has", tarOf({ name: "index.json", sizeField: "77777777777\0" })],
  ])("%s is refused", async (_what, bytes) => {
    await refused(bytes).toMatchObject({ code: "layout_invalid", retryable: false });
  });

  test("of more entries than anyone needs is refused", async () => {
    const parts = Array.from({ length: 20_001 }, (_, at) => ({ name: `${at}` }));
    await refused(tarOf(...parts)).toMatchObject({ message: expect.stringContaining("20000 entries") });
  });
});

describe("a folder", () => {
  test.each<[string, (at: string) => void]>([
    ["a link to a file elsewhere", (at) => symlinkSync("/etc/hostname", path.join(at, "index.json"))],
    ["a pipe", (at) => execFileSync("mkfifo", [path.join(at, "index.json")])],
    ["a folder", (at) => mkdirSync(path.join(at, "index.json"))],
  ])("with %s for its index is refused at once", async (_what, make) => {
    const at = path.join(folder, `folder-${places++}`);
    mkdirSync(at);
    make(at);
    await expect(look({ kind: "folder", path: at })).rejects.toMatchObject({ code: "layout_invalid" });
  });

  test.each(["folder", "archive"] as const)("that does not exist is reported as such (%s)", async (kind) => {
    await expect(look({ kind, path: path.join(folder, "nowhere") })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

function digestOf(bytes: Uint8Array): string {
  return layer(bytes, { compression: "plain" }).digest;
}

function lastLayer(image: BuiltImage): string {
  return image.manifests.length > 0 ? (image.blobs[2]?.digest ?? "") : "";
}

function without(content: LayoutContent, digest: string): LayoutContent {
  expect(parseDigest(digest)).toBeDefined();
  return Object.fromEntries(Object.entries(content).filter(([name]) => name !== blobPath(digest)));
}

function scrambled(content: LayoutContent, digest: string): LayoutContent {
  const bytes = Buffer.from(content[blobPath(digest)] ?? "");
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return { ...content, [blobPath(digest)]: bytes };
}

function elsewhere(): string {
  return indexJson([{ ...descriptorOf(IMAGE.root), digest: "sha256:../../../../etc/passwd" }]);
}

function thousand(): unknown[] {
  return Array.from({ length: 1_000 }, () => descriptorOf(IMAGE.root));
}

function chart(): string {
  return indexJson([{ ...descriptorOf(IMAGE.root), mediaType: "application/vnd.cncf.helm.chart.v1" }]);
}
