/** Builds the image of a fictional extension: labels, metadata.json, icon and pages, as a Dockerfile would. */

import { createCipheriv, createHash } from "node:crypto";
import {
  type BuiltImage,
  type BuiltLayer,
  imageIndex,
  imageManifest,
  layer,
} from "@/scripts/demo/image/image";
import { provenanceOf } from "@/scripts/demo/image/provenance";
import { placeOf } from "@/scripts/demo/media/site";
import type { Architecture, DemoExtension, DemoVersion } from "@/scripts/demo/scenario/extension";

const BOTH: readonly Architecture[] = ["amd64", "arm64"];

/**
 * Builds the images of an extension, with labels that link to files at `site`. The same version always gives the same
 * digest.
 */
export function imageBuilder(extension: DemoExtension, site: string): (version: DemoVersion) => BuiltImage {
  const programs = BOTH.map((architecture) => ({ architecture, program: payload(extension, architecture) }));
  return (version) => {
    const shared = [pages(extension, version), description(extension, version)];
    const architectures = version.architectures ?? extension.architectures ?? BOTH;
    const labels = labelsOf(extension, version, site);
    const manifests = programs
      .filter(({ architecture }) => architectures.includes(architecture))
      .map(({ architecture, program }) =>
        imageManifest({
          platform: { os: "linux", architecture },
          labels,
          created: `${version.built}T09:30:00Z`,
          layers: [program, ...shared],
        }),
      );
    if (!version.provenance) return imageIndex(manifests);
    const predicates = { provenance: provenanceOf(extension, version, site) };
    return imageIndex(manifests, { attestations: ["provenance", "sbom"], predicates });
  };
}

function labelsOf(extension: DemoExtension, version: DemoVersion, site: string): Record<string, string> {
  const { vendor, license, screenshots } = extension;
  const named = screenshots?.map(({ name, alt }) => ({
    alt,
    url: site + placeOf.screenshot(extension, name),
  }));
  const licensed = {
    "org.opencontainers.image.licenses": license,
    "org.opencontainers.image.source": site + placeOf.source(extension),
  };
  return withoutNull({
    "org.opencontainers.image.title": extension.title,
    "org.opencontainers.image.description": extension.summary,
    "org.opencontainers.image.vendor": vendor,
    "com.docker.desktop.extension.api.version": version.requires ?? extension.requires,
    "com.docker.desktop.extension.icon": site + placeOf.icon(extension),
    "com.docker.extension.screenshots": named === undefined ? null : JSON.stringify(named),
    "com.docker.extension.detailed-description": extension.description,
    "com.docker.extension.publisher-url": site + placeOf.publisher(extension),
    "com.docker.extension.additional-urls": JSON.stringify([
      { title: "Documentation", url: site + placeOf.docs(extension) },
      { title: "Support", url: site + placeOf.support(extension) },
    ]),
    "com.docker.extension.changelog": `<ul>${version.changes.map((line) => `<li>${line}</li>`).join("")}</ul>`,
    "com.docker.extension.account-info": extension.needsAccount ? "required" : "",
    "com.docker.extension.categories": extension.categories.join(","),
    ...(license === undefined ? {} : licensed),
    ...version.labels,
  });
}

function withoutNull(labels: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Placeholder for programs: incompressible bytes, shared by all versions. */
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
