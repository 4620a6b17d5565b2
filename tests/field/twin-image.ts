/**
 * Synthetic twins of published extensions: labels and metadata.json in the shape of the real ones, with made-up texts
 * and files. Every file that metadata.json names is in the image.
 */

import { readFileSync } from "node:fs";
import type { BuiltImage } from "@/scripts/demo/image/image";
import { imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import type { TarEntry } from "@/scripts/demo/image/tar";
import { EXTENSION_ICON, EXTENSION_LABELS } from "@/tests/builders/extension-image";
import { tabbedLines } from "@/tests/builders/tabbed-lines";

export type Twin = {
  repository: string;
  labels: Record<string, string>;
  metadata: Record<string, unknown>;
  compose: string | null;
  /** Files beside those that metadata.json names. */
  files: string[];
  /** The errors that the real one has, too. */
  errors: string[];
};

const FILE = new URL("./twins.tsv", import.meta.url);

export function twins(): Twin[] {
  return tabbedLines(readFileSync(FILE, "utf8")).map((cells) => {
    const [repository = "", title = "", vendor = "", categories = "", api = "", account = ""] = cells;
    const [sections = "", shape = "", errors = ""] = cells.slice(6);
    const labels = {
      ...EXTENSION_LABELS,
      "org.opencontainers.image.title": title,
      "org.opencontainers.image.vendor": vendor,
      "com.docker.extension.categories": categories,
      "com.docker.desktop.extension.api.version": api,
      "com.docker.extension.account-info": account,
    };
    const plain: Twin = {
      ...{ repository, labels, compose: null, files: [], errors: errors.split(",").filter(Boolean) },
      metadata: { icon: "icon.svg", ui: tab({}), ...parts(sections.split(" ")) },
    };
    const shaped = SHAPES[shape]?.(plain) ?? plain;
    return { ...shaped, compose: "vm" in shaped.metadata ? (shaped.compose ?? COMPOSE) : null };
  });
}

/** linux/amd64 and linux/arm64, each with executables of its own. */
export function twinImage(twin: Twin): BuiltImage {
  const manifests = (["amd64", "arm64"] as const).map((architecture) =>
    imageManifest({
      platform: { os: "linux", architecture },
      labels: twin.labels,
      layers: [
        layer([{ path: "backend", content: linuxExecutable(architecture), mode: 0o755 }]),
        layer(contents(twin, architecture)),
      ],
    }),
  );
  return imageIndex(manifests, { attestations: ["provenance"], attestationForm: "artifact" });
}

type Architecture = "amd64" | "arm64";

const COMPOSE = "services:\n  backend:\n    image: $DESKTOP_PLUGIN_IMAGE\n    restart: unless-stopped\n";

function tab(change: Record<string, unknown>) {
  return { "dashboard-tab": { title: "Twin", root: "/ui", src: "index.html", ...change } };
}

function files(os: string, names: readonly string[]) {
  return names.map((name) => ({ path: `/${os}/${name}` }));
}

const EVERY_SYSTEM = {
  darwin: files("darwin", ["tool"]),
  windows: files("windows", ["tool.exe"]),
  linux: files("linux", ["tool"]),
};

function parts(sections: readonly string[]): Record<string, unknown> {
  return {
    ...(sections.includes("vm") && {
      vm: { composefile: "docker-compose.yaml", exposes: { socket: "twin.sock" } },
    }),
    ...(sections.includes("host") && { host: { binaries: [EVERY_SYSTEM] } }),
  };
}

type Shape = (twin: Twin) => Twin;

const withMetadata =
  (change: Record<string, unknown>): Shape =>
  (twin) => ({ ...twin, metadata: { ...twin.metadata, ...change } });
const withLabels =
  (change: Record<string, string>): Shape =>
  (twin) => ({ ...twin, labels: { ...twin.labels, ...change } });
const withHost = (binaries: unknown) => withMetadata({ host: { binaries } });

const SHAPES: Record<string, Shape> = {
  "obsolete-keys": withMetadata({ name: "Twin", provider: "Acme Inc." }),
  "png-icon": (twin) => withHost([])(withMetadata({ icon: "ui/icon.png" })(twin)),
  "ico-icon": withMetadata({ icon: "/ui/favicon.ico" }),
  "without-icon": ({ metadata: { icon: _icon, ...metadata }, ...twin }) => ({ ...twin, metadata }),
  portainer: withMetadata({
    ...{ name: "Twin", provider: "Acme Inc." },
    ui: tab({ root: "ui", src: "index.html?v0.4.0", backend: { tcp: "9000" } }),
  }),
  "mac-folder": withHost([{ ...EVERY_SYSTEM, darwin: files("mac", ["tool"]) }]),
  "two-systems": withHost([{ darwin: EVERY_SYSTEM.darwin, windows: EVERY_SYSTEM.windows }]),
  scripts: withMetadata({
    ui: tab({ root: "/client", backend: { socket: "twin.sock" } }),
    host: {
      binaries: [
        {
          darwin: files("darwin", ["tool", "tool.sh"]),
          windows: files("windows", ["tool.exe", "tool.cmd"]),
          linux: files("linux", ["tool", "tool.sh"]),
        },
      ],
    },
  }),
  "socket-of-the-ui-only": withMetadata({
    ui: tab({ backend: { socket: "twin.sock" } }),
    vm: { composefile: "docker-compose.yaml" },
  }),
  "both-sockets": withMetadata({ ui: tab({ backend: { socket: "twin.sock" } }) }),
  "exposed-only": withMetadata({ ui: tab({ root: "ui" }) }),
  "absolute-page": withMetadata({ ui: tab({ src: "/index.html" }) }),
  "page-query": withMetadata({ ui: tab({ src: "index.html?theme=dark" }) }),
  "image-backend": withMetadata({ vm: { image: "$" + "{DESKTOP_PLUGIN_IMAGE}" } }),
  "eight-objects": withHost([
    ...[
      "tool",
      "one.properties",
      "two.properties",
      "three.properties",
      "four.properties",
      "start",
      "stop",
    ].map((name) => ({
      darwin: files("darwin", [name]),
      windows: files("windows", [name]),
      linux: files("linux", [name]),
    })),
    { windows: files("windows", ["tool.exe"]) },
  ]),
  "file-per-architecture": withHost([
    {
      darwin: files("darwin", ["tool-amd", "tool-arm", "tool.sh"]),
      windows: files("windows", ["tool-amd.exe", "tool.cmd"]),
      linux: files("linux", ["tool-amd", "tool-arm", "tool.sh"]),
    },
  ]),
  "four-for-windows": withHost([
    {
      ...EVERY_SYSTEM,
      windows: files("windows", ["tool.exe", "helper.exe", "tool.cmd", "open.cmd"]),
    },
  ]),
  "shared-files": withHost([
    {
      darwin: [...EVERY_SYSTEM.darwin, { path: "/shared/pipeline.yml" }],
      windows: [...EVERY_SYSTEM.windows, { path: "/shared/pipeline.yml" }],
      linux: [...EVERY_SYSTEM.linux, { path: "/shared/pipeline.yml" }],
    },
  ]),
  "three-tools": withHost([
    {
      darwin: files("darwin", ["helm", "kubectl", "tool"]),
      windows: files("windows", ["helm.exe", "kubectl.exe", "tool.exe"]),
      linux: files("linux", ["helm", "kubectl", "tool"]),
    },
  ]),
  wrappers: withHost([
    {
      darwin: files("darwin", ["tool.sh", "host.sh"]),
      windows: files("windows", ["tool.cmd", "host.cmd"]),
      linux: files("linux", ["tool.sh", "host.sh"]),
    },
  ]),
  "rancher-keys": withMetadata({
    host: {
      binaries: [EVERY_SYSTEM],
      "x-rd-install": { linux: ["linux/tool", "install"] },
      "x-rd-uninstall": { linux: ["linux/tool", "uninstall"] },
    },
  }),
  "base-labels": withLabels({
    "org.opencontainers.image.source": "https://git.acme.example/base-images",
    "org.opencontainers.image.ref.name": "base",
    "org.opencontainers.image.created": "2026-01-02T03:04:05Z",
  }),
  "alt-beside-title": withLabels({
    "com.docker.extension.additional-urls": JSON.stringify([
      { title: "Documentation", alt: "The documentation", url: "https://acme.example/docs" },
    ]),
  }),
  /** Not what Docker Desktop reads: entries with a name and a command, and a section of its own. */
  "commands-as-binaries": withMetadata({
    capabilities: { docker: true },
    host: { binaries: [{ name: "tool", cmd: "/linux/tool" }] },
  }),
};

function contents(twin: Twin, architecture: Architecture): TarEntry[] {
  const { metadata, compose } = twin;
  const text = JSON.stringify(metadata);
  const named = new Set([...text.matchAll(/"path":"\/?([^"]+)"/g)].flatMap(([, path]) => path ?? []));
  const root = /"root":"\/?([^"]+)"/.exec(text)?.[1] ?? "ui";
  return [
    { path: "metadata.json", content: text },
    { path: "icon.svg", content: EXTENSION_ICON },
    { path: "ui/icon.png", content: PNG },
    { path: "ui/favicon.ico", content: ICO },
    { path: `${root}/index.html`, content: "<!doctype html><title>Twin</title>" },
    ...(compose === null ? [] : [{ path: "docker-compose.yaml", content: compose }]),
    ...[...named, ...twin.files].map((path) => ({
      path,
      content: hostFile(path, architecture),
      mode: 0o755,
    })),
  ];
}

/** A single pixel. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The head of a Windows icon: the type 1, and one picture. */
const ICO = Buffer.from([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 22, 0, 0, 0]);

function hostFile(path: string, architecture: Architecture): Uint8Array {
  if (/\.(?:sh|cmd|yml|properties)$|\/(?:start|stop)$/.test(path)) return Buffer.from("#!/bin/sh\n");
  const own = path.includes("-amd") ? "amd64" : path.includes("-arm") ? "arm64" : architecture;
  if (path.startsWith("windows/")) return windowsExecutable(own);
  return /^(?:darwin|mac)\//.test(path) ? macExecutable(own) : linuxExecutable(own);
}

/** The head of an ELF file (System V ABI, "ELF Header"): 64 bits, little-endian, executable. */
function linuxExecutable(architecture: Architecture): Uint8Array {
  const head = Buffer.alloc(64);
  head.write("\x7fELF\x02\x01\x01", "latin1");
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(architecture === "amd64" ? 0x3e : 0xb7, 18);
  head.writeUInt32LE(1, 20);
  return head;
}

/** The head of a Mach-O file (mach-o/loader.h): 64 bits, executable. */
function macExecutable(architecture: Architecture): Uint8Array {
  const head = Buffer.alloc(64);
  head.writeUInt32LE(0xfeedfacf, 0);
  head.writeUInt32LE(architecture === "amd64" ? 0x01000007 : 0x0100000c, 4);
  head.writeUInt32LE(2, 12);
  return head;
}

/** The heads of a PE file (Microsoft PE and COFF specification): MZ, and the COFF header at 0x80. */
function windowsExecutable(architecture: Architecture): Uint8Array {
  const head = Buffer.alloc(0x98);
  head.write("MZ", "latin1");
  head.writeUInt32LE(0x80, 0x3c);
  head.write("PE\0\0", 0x80, "latin1");
  head.writeUInt16LE(architecture === "amd64" ? 0x8664 : 0xaa64, 0x84);
  return head;
}
