import { sampleOf } from "@/lib/extension/findings/file-evidence";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { Evidence } from "@/lib/extension/findings/finding-rule";
import type { HostOs } from "@/lib/extension/metadata/host-os";
import { grouped } from "@/lib/inspection/named-files/grouped";
import type { Place } from "@/lib/inspection/named-files/place";
import type { NamedFile, PlatformFiles } from "@/lib/inspection/named-files/platform-files";

type Missing = Extract<Place, { kind: "missing" }>;

/** Findings about the files of all platforms: one for each problem, whichever platforms and however many files have it. */
export function namedFileFindings(all: readonly PlatformFiles[]): Finding[] {
  return [
    ...pageFindings(all),
    ...linkFindings(all),
    ...singleFindings(all, "icon_missing_in_layers", ({ icon }) => icon),
    ...singleFindings(all, "compose_file_missing", ({ compose }) => compose),
    ...hostFindings(all),
    ...folderFindings(all),
    ...uncheckedFindings(all),
  ];
}

function pageFindings(all: readonly PlatformFiles[]): Finding[] {
  const missing = all.flatMap(({ platform, page }) =>
    page?.place.kind === "missing" ? [{ platform, page, place: page.place }] : [],
  );
  return grouped(missing, ({ page, place }) => [page.path, page.root, place.similar?.path]).map((same) => {
    const [{ page, place }] = same;
    const evidence = { path: page.path, root: page.root, platforms: platformsOf(same) };
    return makeFinding("ui_page_missing", { ...evidence, ...insteadOf(place) });
  });
}

function linkFindings(all: readonly PlatformFiles[]): Finding[] {
  const linked = all.filter(({ links }) => links.paths.length > 0);
  const paths = linked.flatMap(({ links }) => links.paths.map((path) => `/${path}`));
  const [first] = linked;
  if (first === undefined) return [];
  const most = (count: (files: PlatformFiles) => number) => Math.max(...linked.map(count));
  return [
    makeFinding("ui_symbolic_links", {
      count: most(({ links }) => links.paths.length),
      outside: most(({ links }) => links.outside),
      paths: sampleOf(paths),
      root: first.page?.root ?? "/",
      platforms: platformsOf(linked),
    }),
  ];
}

function singleFindings(
  all: readonly PlatformFiles[],
  code: "icon_missing_in_layers" | "compose_file_missing",
  pick: (files: PlatformFiles) => NamedFile | undefined,
): Finding[] {
  const missing = all.flatMap((files) => {
    const named = pick(files);
    const place = named && fileOnly(named.place);
    return named && place?.kind === "missing" ? [{ platform: files.platform, path: named.path, place }] : [];
  });
  return grouped(missing, ({ path, place }) => [path, place.similar?.path]).map((same) => {
    const [{ path, place }] = same;
    return makeFinding(code, { path, platforms: platformsOf(same), ...insteadOf(place) });
  });
}

function fileOnly(place: Place): Place {
  return place.kind === "folder" ? { kind: "missing", why: "it is a folder", similar: undefined } : place;
}

type MissingHostFile = { platforms: string[]; systems: HostOs[]; path: string; place: Missing };

function hostFindings(all: readonly PlatformFiles[]): Finding[] {
  const missing = new Map<string, MissingHostFile>();
  for (const { platform, host } of all) {
    for (const { path, systems, place } of host) {
      if (place.kind !== "missing") continue;
      const platforms = [...(missing.get(path)?.platforms ?? []), platform];
      missing.set(path, { platforms, systems, path, place });
    }
  }
  const key = (file: MissingHostFile) => [
    codeOf(file),
    file.platforms,
    file.place.similar?.spelling === true,
  ];
  return grouped([...missing.values()], key).map((same) => {
    const [first] = same;
    return makeFinding(codeOf(first), {
      count: same.length,
      paths: sampleOf(same.map(({ path }) => path)),
      os: [...new Set(same.flatMap(({ systems }) => systems))].join(", "),
      platforms: first.platforms.join(", "),
      ...insteadOf(first.place),
    });
  });
}

/** Intel computers take the files from the amd64 image, Macs with Apple silicon from the arm64 image. */
function codeOf({ platforms, systems }: MissingHostFile): "host_files_missing" | "host_files_missing_on_arm" {
  const isUsed = platforms.includes("linux/amd64") || systems.includes("darwin");
  return isUsed ? "host_files_missing" : "host_files_missing_on_arm";
}

/** Folders whose path does not show it: the others are findings about metadata.json itself. */
function folderFindings(all: readonly PlatformFiles[]): Finding[] {
  const folders = all.flatMap(({ platform, host }) =>
    host.flatMap(({ path, place }) =>
      place.kind === "folder" && !path.endsWith("/") ? [{ platform, path }] : [],
    ),
  );
  if (folders.length === 0) return [];
  const paths = folders.map(({ path }) => path);
  const evidence = { count: new Set(paths).size, paths: sampleOf(paths), platforms: platformsOf(folders) };
  return [makeFinding("host_file_is_folder", evidence)];
}

function uncheckedFindings(all: readonly PlatformFiles[]): Finding[] {
  const unchecked = all.flatMap(({ platform, page, icon, compose, host }) =>
    [page, icon, compose, ...host].flatMap((named) =>
      named?.place.kind === "unknown" ? [{ platform, path: named.path, why: named.place.why }] : [],
    ),
  );
  const [first] = unchecked;
  if (first === undefined) return [];
  const paths = unchecked.map(({ path }) => path);
  return [
    makeFinding("named_files_not_checked", {
      count: new Set(paths).size,
      paths: sampleOf(paths),
      platforms: platformsOf(unchecked),
      why: first.why,
    }),
  ];
}

function insteadOf({ why, similar }: Missing): Evidence {
  return {
    ...(why !== undefined && { why }),
    ...(similar !== undefined && { similar: similar.path, spelling: similar.spelling }),
  };
}

function platformsOf(files: readonly { platform: string }[]): string {
  return [...new Set(files.map(({ platform }) => platform))].join(", ");
}
