/** Documents that decide what Docker does with an extension, from a seeded grammar. */

import { MEDIA_TYPES } from "@/scripts/demo/image/piece";
import { bytesOf, changed } from "@/tests/grammar/json/changes";
import { type Tree, treeOf, written } from "@/tests/grammar/json/tree";
import { type Random, randomFrom } from "@/tests/registry/fuzz-run/random";

export const KINDS = ["index", "manifest", "config", "metadata"] as const;
export type Kind = (typeof KINDS)[number];
export type Document = { kind: Kind; bytes: Uint8Array };

const { oci } = MEDIA_TYPES;

/** The documents of one run: the same ones for the same seed. */
export function documents(count: number, seed: number): Document[] {
  return Array.from({ length: count }, (_, at) => {
    const random = randomFrom(seed + at);
    const kind = KINDS[at % KINDS.length] ?? "index";
    return { kind, bytes: bytesOf(written(changed(sound(kind, random), random)), random) };
  });
}

/** A document without anything odd. */
function sound(kind: Kind, random: Random): Tree {
  switch (kind) {
    case "index":
      return treeOf({
        schemaVersion: 2,
        ...maybe(random, { mediaType: oci.index }),
        manifests: some(random, () => ({
          ...descriptor(random, oci.manifest),
          ...maybe(random, { platform: platform(random) }),
          ...maybe(random, { artifactType: "application/vnd.example" }),
        })),
        ...maybe(random, { annotations: { note: "x" } }),
      });
    case "manifest":
      return treeOf({
        schemaVersion: 2,
        ...maybe(random, { mediaType: oci.manifest }),
        config: descriptor(random, oci.config),
        layers: some(random, () => descriptor(random, oci.gzip)),
        ...maybe(random, { annotations: { note: "x" } }),
      });
    case "config":
      return treeOf({
        ...maybe(random, { created: "2026-01-02T03:04:05.5Z", author: "Acme" }),
        ...platform(random),
        config: {
          ...maybe(random, { Env: ["PATH=/bin", "A=b"] }),
          Labels: { "org.opencontainers.image.title": "Disk Lens", sock: "1", k: "" },
        },
        rootfs: { type: "layers", diff_ids: some(random, () => digest(random)) },
        ...maybe(random, {
          history: [{ created_by: "COPY a b" }, { empty_layer: true, created_by: "ENV x" }],
        }),
      });
    case "metadata":
      return treeOf(metadata(random));
  }
}

function metadata(random: Random): Record<string, unknown> {
  const files = () => some(random, () => ({ path: random.pick(["/bin/tool", "tool.exe", "/sub/tool"]) }));
  const tab = {
    title: "Disk Lens",
    root: "/ui",
    src: "index.html",
    ...maybe(random, { backend: { socket: "lens.sock" } }),
  };
  const vm = random.pick<Record<string, unknown>>([
    { image: "acme/backend:1.0.0" },
    { composefile: "docker-compose.yaml" },
    { composefile: "docker-compose.yaml", exposes: { socket: "lens.sock" } },
  ]);
  const binaries = some(random, () => ({ darwin: files(), windows: files(), linux: files() }));
  return {
    icon: "icon.svg",
    ui: { "dashboard-tab": tab },
    ...maybe(random, { vm }),
    ...maybe(random, { host: { binaries } }),
  };
}

function descriptor(random: Random, mediaType: string): Record<string, unknown> {
  return {
    mediaType,
    digest: digest(random),
    size: random.below(5_000),
    ...maybe(random, { annotations: { "vnd.docker.reference.type": "attestation-manifest" } }),
    ...(random.below(6) === 0 ? { urls: ["https://example.com/layer"] } : {}),
    ...(random.below(6) === 0 ? { data: "eA==" } : {}),
  };
}

function platform(random: Random): Record<string, unknown> {
  return {
    architecture: random.pick(["amd64", "arm64", "arm"]),
    os: random.pick(["linux", "windows", "unknown"]),
    ...(random.below(3) === 0 ? { variant: random.pick(["v8", "v7"]) } : {}),
    ...(random.below(4) === 0 ? { "os.version": "10.0", "os.features": ["x"] } : {}),
  };
}

function digest(random: Random): string {
  return `sha256:${random.below(16).toString(16).repeat(64)}`;
}

function some<Item>(random: Random, make: () => Item): Item[] {
  return Array.from({ length: random.below(4) }, make);
}

function maybe(random: Random, fields: Record<string, unknown>): Record<string, unknown> {
  return random.below(2) === 0 ? fields : {};
}
