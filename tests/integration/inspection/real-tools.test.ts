import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXTENSION_ICON, EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

const run = promisify(execFile);
const ARCHITECTURES = ["amd64", "arm64"];
const BINARY_BYTES = 3 * 2 ** 20;

const LABEL_LINES = Object.entries(EXTENSION_LABELS).map(([name, value]) => `LABEL ${name}=${quote(value)}`);
const CONTAINERFILE = `FROM scratch
COPY backend /bin/backend
COPY old-metadata.json /metadata.json
${LABEL_LINES.join("\n")}
COPY ui /ui
COPY metadata.json disk-lens.svg /
`;

let bench: InspectionBench;
let folder: string;

beforeAll(async () => {
  bench = await startInspectionBench();
  folder = mkdtempSync(join(tmpdir(), "gantry-tools-"));
  writeContext(join(folder, "context"));
  await buildIndex();
});
afterAll(async () => {
  await bench?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function quote(value: string): string {
  return `"${value.replace(/["\\$]/g, "\\$&")}"`;
}

function writeContext(context: string): void {
  mkdirSync(join(context, "ui"), { recursive: true });
  writeFileSync(join(context, "Containerfile"), CONTAINERFILE);
  writeFileSync(join(context, "backend"), randomBytes(BINARY_BYTES));
  writeFileSync(join(context, "ui/index.html"), "<!doctype html><title>Disk Lens</title>");
  writeFileSync(join(context, "old-metadata.json"), '{"icon":"old.svg"}');
  writeFileSync(join(context, "metadata.json"), JSON.stringify(EXTENSION_METADATA));
  writeFileSync(join(context, "disk-lens.svg"), EXTENSION_ICON);
}

/** Each tool keeps its images in the test's own folder. */
async function buildah(...args: string[]): Promise<void> {
  const storage = ["--root", join(folder, "storage"), "--runroot", join(folder, "run")];
  const env = { ...process.env, STORAGE_DRIVER: "vfs", BUILDAH_ISOLATION: "chroot", TMPDIR: folder };
  await run("buildah", [...storage, ...args], { env });
}

async function skopeo(from: string, to: string, ...args: string[]): Promise<void> {
  const policy = ["--insecure-policy", "--tmpdir", folder];
  const plain = ["--src-tls-verify=false", "--dest-tls-verify=false"];
  await run("skopeo", [...policy, "copy", "-q", ...plain, ...args, from, to]);
}

/** Both platforms with one layer per instruction, as `docker buildx build` makes them, and an index over them. */
async function buildIndex(): Promise<void> {
  const context = join(folder, "context");
  await buildah("manifest", "create", "disk-lens");
  for (const architecture of ARCHITECTURES) {
    const common = [
      "--arch",
      architecture,
      "--layers",
      "--no-cache",
      "--manifest",
      "disk-lens",
      "-f",
      join(context, "Containerfile"),
    ];
    await buildah("bud", "-q", ...common, context);
  }
  const target = `docker://${bench.registry.host}/acme/built:1.0.0`;
  await buildah("manifest", "push", "--all", "--tls-verify=false", "disk-lens", target);
}

async function expectDiskLens(path: string, reference: string): Promise<void> {
  const inspection = await bench.inspectPath(path, reference);
  const { report, media } = inspection;
  expect(codesOf(inspection)).toEqual(["links_not_checked", "media_not_checked"]);
  expect(report).toMatchObject({
    state: "inspected",
    labels: { title: "Disk Lens", vendor: "Acme Inc.", apiVersion: ">= 0.3.4" },
    metadata: { text: JSON.stringify(EXTENSION_METADATA), proof: "full" },
    capabilities: { ui: true, unknown: [] },
    icon: { path: "/disk-lens.svg" },
  });
  expect(report.platforms.map(({ os, architecture }) => `${os}/${architecture}`)).toEqual(
    ARCHITECTURES.map((architecture) => `linux/${architecture}`),
  );
  for (const { labels } of report.platforms) expect(labels).toMatchObject(EXTENSION_LABELS);
  expect(media).toHaveLength(1);
  expect(report.cost.imageBytes).toBeGreaterThan(BINARY_BYTES);
  expect(report.cost.bytes).toBeLessThan(BINARY_BYTES / 20);
}

/** The media types of all layers, each once, as the registry has them. */
async function layerTypes(path: string): Promise<string[]> {
  const { report } = await bench.inspectPath(path, "1.0.0");
  const manifests = report.platforms.map(async ({ digest }) => {
    const answer = await fetch(`${bench.registry.url}/v2/${path}/manifests/${digest}`, {
      headers: { accept: "application/vnd.oci.image.manifest.v1+json" },
    });
    const { layers }: { layers: { mediaType: string }[] } = await answer.json();
    return layers.map(({ mediaType }) => mediaType);
  });
  return [...new Set((await Promise.all(manifests)).flat())];
}

describe("an image built by buildah", () => {
  test("as buildah pushes its index", async () => {
    await expectDiskLens("acme/built", "1.0.0");
  });

  test.each(["oci", "v2s2"])("copied by skopeo as %s", async (format) => {
    const from = `docker://${bench.registry.host}/acme/built:1.0.0`;
    const to = `docker://${bench.registry.host}/acme/${format}:1.0.0`;
    await skopeo(from, to, "--all", "--format", format);
    await expectDiskLens(`acme/${format}`, "1.0.0");
  });

  test("its layers recompressed by skopeo in zstd", async () => {
    const path = "acme/zstd";
    const steps = ["plain", "packed"].map((step) => join(folder, step, path));
    for (const step of steps) mkdirSync(step, { recursive: true });
    const [plain, packed] = [`dir:${steps[0]}`, `oci:${steps[1]}`];
    await skopeo(`docker://${bench.registry.host}/acme/built:1.0.0`, plain, "--all", "--dest-decompress");
    await skopeo(plain, packed, "--all", "--dest-compress-format", "zstd");
    await skopeo(packed, `docker://${bench.registry.host}/${path}:1.0.0`, "--all", "--preserve-digests");
    expect(await layerTypes(path)).toEqual(["application/vnd.oci.image.layer.v1.tar+zstd"]);
    await expectDiskLens(path, "1.0.0");
  });

  test("one platform alone, copied without its index", async () => {
    const from = `docker://${bench.registry.host}/acme/built:1.0.0`;
    await skopeo(from, `docker://${bench.registry.host}/acme/single:1.0.0`, "--override-arch", "arm64");
    const { report } = await bench.inspectPath("acme/single", "1.0.0");
    expect(report).toMatchObject({ state: "inspected", platforms: [{ os: "linux", architecture: "arm64" }] });
    expect(report.metadata?.proof).toBe("full");
  });
});
