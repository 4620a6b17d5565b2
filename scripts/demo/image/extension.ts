/** The image of a made-up extension: labels, metadata.json, icon and pages, as a Dockerfile would lay them out. */

import { createCipheriv, createHash } from "node:crypto";
import {
  type BuiltImage,
  type BuiltLayer,
  imageIndex,
  imageManifest,
  layer,
} from "@/scripts/demo/image/image";
import type { Architecture, DemoExtension, DemoVersion } from "@/scripts/demo/scenario/extension";

const BOTH: readonly Architecture[] = ["amd64", "arm64"];

/** Builds the images of an extension. The same version always gives the same digest. */
export function imageBuilder(extension: DemoExtension): (version: DemoVersion) => BuiltImage {
  const programs = (extension.architectures ?? BOTH).map((architecture) => ({
    architecture,
    layer: payload(extension, architecture),
  }));
  return (version) => {
    const shared = [pages(extension, version), description(extension, version)];
    const manifests = programs.map(({ architecture, layer: program }) =>
      imageManifest({
        platform: { os: "linux", architecture },
        labels: labelsOf(extension, version),
        created: `${version.built}T09:30:00Z`,
        layers: [program, ...shared],
      }),
    );
    return imageIndex(manifests, { attestations: version.provenance ? ["provenance", "sbom"] : [] });
  };
}

function labelsOf(extension: DemoExtension, version: DemoVersion): Record<string, string> {
  const { vendor, repository, licence } = extension;
  const page = `${vendor.site}/${repository.split("/").at(-1)}`;
  return withoutNull({
    "org.opencontainers.image.title": extension.title,
    "org.opencontainers.image.description": extension.summary,
    "org.opencontainers.image.vendor": vendor.name,
    "com.docker.desktop.extension.api.version": version.requires ?? extension.requires,
    "com.docker.desktop.extension.icon": `${page}/icon.svg`,
    "com.docker.extension.screenshots": JSON.stringify([
      { alt: `The main view of ${extension.title}`, url: `${page}/main-view.png` },
    ]),
    "com.docker.extension.detailed-description": extension.description,
    "com.docker.extension.publisher-url": vendor.site,
    "com.docker.extension.additional-urls": JSON.stringify([
      { title: "Documentation", url: `${page}/docs` },
      { title: "Support", url: `${vendor.site}/support` },
    ]),
    "com.docker.extension.changelog": `<ul>${version.changes.map((line) => `<li>${line}</li>`).join("")}</ul>`,
    "com.docker.extension.account-info": extension.needsAccount ? "required" : "",
    "com.docker.extension.categories": extension.categories.join(","),
    ...(licence === undefined ? {} : { "org.opencontainers.image.licenses": licence }),
    ...(licence === undefined ? {} : { "org.opencontainers.image.source": `${page}/source` }),
    ...version.labels,
  });
}

function withoutNull(labels: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

/** Stands for programs: bytes that don't compress, shared by all versions. */
function payload({ repository, payloadBytes }: DemoExtension, architecture: Architecture): BuiltLayer {
  const key = createHash("sha256").update(`${repository} ${architecture}`).digest().subarray(0, 16);
  const noise = createCipheriv("aes-128-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(payloadBytes));
  return layer([
    { path: "app/", type: "directory", mode: 0o755 },
    { path: "app/service", content: noise, mode: 0o755 },
  ]);
}

function pages({ title }: DemoExtension, { tag }: DemoVersion): BuiltLayer {
  const html = `<!doctype html>\n<html lang="en"><title>${title}</title><h1>${title}</h1><p>Version ${tag}</p></html>\n`;
  return layer([
    { path: "ui/", type: "directory", mode: 0o755 },
    { path: "ui/index.html", content: html },
  ]);
}

function description(extension: DemoExtension, version: DemoVersion): BuiltLayer {
  const metadata = {
    icon: "icon.svg",
    ui: { "dashboard-tab": { title: extension.title, root: "/ui", src: "index.html" } },
    ...backendOf(extension, version),
    ...(version.hostBinaries ? { host: { binaries: [hostFiles(extension)] } } : {}),
  };
  return layer([
    { path: "metadata.json", content: `${JSON.stringify(metadata, null, 2)}\n` },
    { path: "icon.svg", content: extension.icon },
    ...(version.compose === undefined ? [] : [{ path: COMPOSE_FILE, content: version.compose }]),
    ...(version.hostBinaries ? hostPrograms(extension) : []),
  ]);
}

const COMPOSE_FILE = "docker-compose.yaml";

function backendOf(extension: DemoExtension, version: DemoVersion): object {
  if (version.compose !== undefined) return { vm: { composefile: COMPOSE_FILE } };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Docker Desktop puts the image's name there
  return extension.backend ? { vm: { image: "${DESKTOP_PLUGIN_IMAGE}" } } : {};
}

const HOST_SYSTEMS = ["darwin", "windows", "linux"];

function hostFiles(extension: DemoExtension) {
  return Object.fromEntries(HOST_SYSTEMS.map((os) => [os, [{ path: `/${hostProgram(extension, os)}` }]]));
}

function hostPrograms(extension: DemoExtension) {
  return HOST_SYSTEMS.map((os) => ({
    path: hostProgram(extension, os),
    content: `stands for the program of ${extension.title} on ${os}\n`,
    mode: 0o755,
  }));
}

function hostProgram({ repository }: DemoExtension, os: string): string {
  return `host/${os}/${repository.split("/").at(-1)}${os === "windows" ? ".exe" : ""}`;
}
