import { normalizeImagePath } from "@/lib/archive/entry-path";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import type { ImageFiles } from "@/lib/inspection/files/image-files";
import { type PageLinks, pageLinks } from "@/lib/inspection/named-files/page-links";
import { type Place, placeOf, type SearchedImage } from "@/lib/inspection/named-files/place";
import { SimilarPaths } from "@/lib/inspection/named-files/similar-path";

/** `path` as metadata.json names it, from the root. */
export type NamedFile = { path: string; place: Place };

/** What one platform's image has of the files that its metadata.json names. */
export type PlatformFiles = {
  /** `linux/arm64`. */
  platform: string;
  page: (NamedFile & { root: string }) | undefined;
  links: PageLinks;
  icon: NamedFile | undefined;
  compose: NamedFile | undefined;
  /** Each path once. */
  host: (NamedFile & { systems: HostOs[] })[];
};

const NO_LINKS: PageLinks = { paths: [], outside: 0 };

/** Looks up everything that metadata.json names in the layers of one platform. */
export async function platformFiles(
  platform: string,
  document: Metadata,
  files: ImageFiles,
  steps: number,
): Promise<PlatformFiles> {
  const image: SearchedImage = { files, similar: new SimilarPaths(files), steps };
  const place = (path: string) => placeOf(path, image);
  const named = async (path: string | null | undefined) =>
    path === null || path === undefined ? undefined : { path: fromRoot(path), place: await place(path) };
  const { page, links } = await pageOf(document.ui, image);
  const icon = await named(document.icon);
  const compose = await named(document.vm?.composefile);
  const host: PlatformFiles["host"] = [];
  for (const { path, systems } of hostPaths(document)) {
    host.push({ path, systems, place: await hostPlace(path, await place(path), document, image) });
  }
  return { platform, page, links, icon, compose, host };
}

async function pageOf(
  ui: Metadata["ui"],
  image: SearchedImage,
): Promise<Pick<PlatformFiles, "page" | "links">> {
  if (ui === null) return { page: undefined, links: NO_LINKS };
  const { files } = image;
  const place = (path: string) => placeOf(path, image);
  const folder = await place(ui.root);
  const path = fromRoot(`${ui.root}/${decodeURIComponent(ui.src)}`);
  const decoded = await place(path);
  const literal = decoded.kind === "missing" ? await place(`${ui.root}/${ui.src}`) : decoded;
  const found = literal.kind === "missing" ? decoded : literal;
  const page = { path, root: ui.root, place: await pagePlace(path, found, folder, ui.root, image) };
  if (folder.kind !== "folder") return { page, links: NO_LINKS };
  const deepest = found.kind === "folder" ? found.deepest : await deepestOf(path, files);
  return { page, links: await pageLinks(folder.path, Math.max(folder.deepest, deepest) + 1, files) };
}

async function deepestOf(path: string, files: ImageFiles): Promise<number> {
  return (await files.locate(path)).deepest;
}

async function pagePlace(
  path: string,
  found: Place,
  folder: Place,
  root: string,
  { similar }: SearchedImage,
): Promise<Place> {
  if (found.kind === "folder") return missing("it is a folder");
  if (found.kind !== "missing") return found;
  if (folder.kind === "file") return missing(`${root} is a file instead of a folder`);
  if (found.similar !== undefined || folder.kind !== "folder") {
    const why = folder.kind === "missing" ? `the image has no folder ${root}` : found.why;
    return { ...found, why };
  }
  return { ...found, similar: await similar.elsewhere(path, folder.path, new Set()) };
}

function missing(why: string): Place {
  return { kind: "missing", why, similar: undefined };
}

function hostPaths({ hostBinaries }: Metadata): { path: string; systems: HostOs[] }[] {
  const systems = new Map<string, Set<HostOs>>();
  for (const { os, path } of hostBinaries) systems.set(path, (systems.get(path) ?? new Set()).add(os));
  return [...systems].map(([path, names]) => ({ path, systems: [...names] }));
}

async function hostPlace(
  path: string,
  found: Place,
  { hostBinaries }: Metadata,
  { similar }: SearchedImage,
): Promise<Place> {
  const namesFolder = path.endsWith("/");
  if (found.kind === "file" && namesFolder) return missing("it is a file, not a folder");
  if (found.kind !== "missing" || found.similar !== undefined || namesFolder) return found;
  const others = new Set(hostBinaries.map((other) => normalizeImagePath(other.path) ?? ""));
  return { ...found, similar: await similar.elsewhere(path, "", others) };
}

function fromRoot(path: string): string {
  return `/${normalizeImagePath(path) ?? path}`;
}
