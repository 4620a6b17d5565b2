import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { FINDINGS, findingRule, isFindingCode } from "@/lib/extension/findings/finding-codes";
import { parseRepository } from "@/lib/extension/reference/repository";
import { imageFacts } from "@/lib/extension/reinspection/image-facts";
import { inspect } from "@/lib/inspection/inspect";
import { INSPECTOR_VERSION } from "@/lib/inspection/inspector-version";
import { closeLayerThreads } from "@/lib/inspection/layers/layer-threads";
import { openLayout } from "@/lib/registry/layout/layout";
import { type BuiltImage, layer } from "@/scripts/demo/image/image";
import { EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";
import { layoutContent, writeLayout } from "@/tests/builders/oci-layout";
import { elf } from "@/tests/builders/programs";
import { gnuLongName, paxHeader, type TarPart, tarOf } from "@/tests/builders/tar-bytes";

const GOLDEN = path.join(import.meta.dirname, "../../samples/inspector-version.json");
const folder = mkdtempSync(path.join(tmpdir(), "gantry-golden-"));
afterAll(() => {
  closeLayerThreads();
  rmSync(folder, { recursive: true });
});

const METADATA = JSON.stringify(EXTENSION_METADATA);
const EVIL = JSON.stringify({ ...EXTENSION_METADATA, vm: { image: "evil.example/backend:1" } });

/** An image of hand-made layers, the lowest first. */
const layered = (...layers: TarPart[][]) =>
  extensionImage({
    layers: layers.map((parts) => layer(tarOf(...parts), { compression: "plain" })),
    metadata: null,
  });

const meta: TarPart = { name: "metadata.json", content: METADATA };
const evil: TarPart = { ...meta, content: EVIL };

const compose = `
services:
  backend:
    image: \${DESKTOP_PLUGIN_IMAGE}
    privileged: true
    ports: ["127.0.0.1:8080:80"]
    volumes: ["/var/run/docker.sock:/var/run/docker.sock", "/home:/home:ro"]
    environment: [TOKEN]
`;

const plain = { compression: "plain" } as const;

/** Well-made and odd images. Layers are not compressed, since zlib's output changes between releases of Node.js. */
const CORPUS: Record<string, BuiltImage> = {
  "well made": extensionImage(plain),
  "one platform": extensionImage({ ...plain, platforms: [{ os: "linux", architecture: "arm64" }] }),
  "odd labels": extensionImage({
    ...plain,
    labels: {
      "org.opencontainers.image.vendor": null,
      "com.docker.desktop.extension.api.version": "0.3.4",
      "com.docker.extension.screenshots": "[{]",
      "com.docker.extension.account-info": "true",
    },
    labelsFor: (platform) => ({ "org.opencontainers.image.title": `Disk Lens for ${platform}` }),
  }),
  "a backend from a compose file": extensionImage({
    ...plain,
    metadata: { ...EXTENSION_METADATA, vm: { composefile: "compose.yaml" } },
    files: { "compose.yaml": compose },
  }),
  "host binaries": extensionImage({
    ...plain,
    metadata: {
      ...EXTENSION_METADATA,
      host: { binaries: [{ darwin: [{ path: "/darwin/tool" }], linux: [{ path: "/linux/tool" }] }] },
    },
    files: { "darwin/tool": "x", "linux/tool": "x" },
  }),
  "host files that are missing, folders and for another machine": extensionImage({
    ...plain,
    metadata: {
      ...EXTENSION_METADATA,
      host: {
        binaries: [
          {
            darwin: [{ path: "/darwin/tool" }],
            linux: [{ path: "/linux/tool" }],
            windows: [{ path: "lib/" }],
          },
        ],
      },
    },
    files: { "linux/tool": elf("amd64"), "ui/link": "x" },
  }),
  "no extension": extensionImage({ ...plain, onlyLabels: {}, metadata: null }),
  "no metadata.json": extensionImage({ ...plain, metadata: null }),
  "metadata.json that is no JSON": extensionImage({ ...plain, metadata: "{" }),
  "deleted by a whiteout": layered([meta], [{ name: ".wh.metadata.json" }]),
  "beside its whiteout": layered([meta, { name: ".wh.metadata.json" }]),
  "twice in a layer": layered([meta, evil]),
  "a symbolic link": layered([
    { name: "m.json", content: METADATA },
    { name: "metadata.json", type: "2", linkName: "m.json" },
  ]),
  "a hard link before its file": layered([
    { name: "metadata.json", type: "1", linkName: "m.json" },
    { name: "m.json", content: METADATA },
  ]),
  "named by PAX": layered([meta], [paxHeader({ path: "metadata.json" }), { ...evil, name: "decoy" }]),
  "named by GNU": layered([meta], [gnuLongName("metadata.json"), { ...evil, name: "decoy" }]),
  "a byte order mark in its name": layered([evil], [{ ...meta, name: "\uFEFFmetadata.json" }]),
  "out of the root": layered([meta], [{ name: "../metadata.json", content: EVIL }]),
  "a broken archive": layered([meta], [{ name: "x", checksumError: 1 }]),
};

async function factsOf(name: string, image: BuiltImage): Promise<string> {
  const place = path.join(folder, name.replaceAll(" ", "-"));
  writeLayout(place, layoutContent(image));
  const layout = await openLayout({ kind: "folder", path: place, tag: undefined });
  try {
    const repository = parseRepository("acme/disk-lens");
    const { report } = await inspect({
      client: layout.client,
      repository,
      reference: layout.digest,
      backendImages: "leave_out",
    });
    return imageFacts(report);
  } finally {
    await layout.close();
  }
}

function ruleTable(): string {
  const codes = Object.keys(FINDINGS).filter(isFindingCode).sort();
  return JSON.stringify(
    codes.map((code) => {
      const { outcome = "failed", needsPerson = false, fixed = false } = findingRule(code);
      return [code, outcome, needsPerson, fixed];
    }),
  );
}

const short = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);

test("a change of what inspections find raises INSPECTOR_VERSION", async () => {
  const found: Record<string, string> = { "the table of findings": short(ruleTable()) };
  for (const [name, image] of Object.entries(CORPUS)) found[name] = short(await factsOf(name, image));
  const now = { inspectorVersion: INSPECTOR_VERSION, found };
  const golden: typeof now = JSON.parse(readFileSync(GOLDEN, "utf8"));
  const names = [...new Set([...Object.keys(golden.found), ...Object.keys(found)])];
  const changed = names.filter((name) => golden.found[name] !== found[name]).join(", ");
  const write = `Then write this into tests/samples/inspector-version.json:\n${JSON.stringify(now, null, 2)}\n`;
  const raise =
    golden.inspectorVersion === INSPECTOR_VERSION
      ? "Reports that are stored already would stay wrong: raise READER_VERSION (archives) or RULES_VERSION (the rest) in lib/inspection/inspector-version.ts, unless the present number was never released."
      : "INSPECTOR_VERSION was raised.";
  expect(now, `Inspections find something else in: ${changed || "nothing"}. ${raise} ${write}`).toEqual(
    golden,
  );
});
