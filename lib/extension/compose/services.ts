import { COMPOSE_LIMITS, type ComposeFile, type ComposeFiles } from "@/lib/extension/compose/compose-files";
import { fileInImage } from "@/lib/extension/compose/image-folder";
import { isOpen, type Variables } from "@/lib/extension/compose/interpolation";
import { mergeServices } from "@/lib/extension/compose/merge-services";
import { rebase } from "@/lib/extension/compose/rebase";
import { notUnderstood } from "@/lib/extension/compose/scan";
import { isYamlMap, placeIn, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml-value";

/** The services of a file with everything that they `extends`, in order. */
export function extendedServices(
  files: ComposeFiles,
  file: ComposeFile,
  variables: Variables,
): { name: string; value: YamlValue; at: string }[] {
  const services = file.project.get("services") ?? null;
  const at = placeIn(file.at, "services");
  if (services === null) return [];
  if (!isYamlMap(services)) {
    notUnderstood(files, at);
    files.findings.add("compose_not_understood", { at, found: "no object" });
    return [];
  }
  return [...services].map(([name, value]) => ({
    name,
    value: isYamlMap(value) ? extended(files, file, value, variables, placeIn(at, name), 1) : value,
    at: placeIn(at, name),
  }));
}

function extended(
  files: ComposeFiles,
  file: ComposeFile,
  service: YamlMap,
  variables: Variables,
  at: string,
  depth: number,
): YamlMap {
  const link = service.get("extends") ?? null;
  const own: YamlMap = new Map([...service].filter(([key]) => key !== "extends"));
  if (link === null) return own;
  const place = placeIn(at, "extends");
  const target = depth > COMPOSE_LIMITS.depth ? undefined : targetOf(files, file, link, variables);
  if (target === "asked for") return own;
  const services = target?.file.project.get("services");
  const base = isYamlMap(services) && target !== undefined ? services.get(target.name) : undefined;
  if (target === undefined || !isYamlMap(base)) {
    notUnderstood(files, place);
    files.findings.add("compose_extends_unresolved", { at: place });
    return own;
  }
  const whole = extended(
    files,
    target.file,
    base,
    variables,
    placeIn(placeIn(target.file.at, "services"), target.name),
    depth + 1,
  );
  return mergeServices(rebase(whole, target.file.folder, file.folder), own);
}

type Target = { file: ComposeFile; name: string };

function targetOf(
  files: ComposeFiles,
  file: ComposeFile,
  link: YamlValue,
  variables: Variables,
): Target | "asked for" | undefined {
  const name = isYamlMap(link) ? link.get("service") : link;
  const written = isYamlMap(link) ? (link.get("file") ?? null) : null;
  if (typeof name !== "string" || isOpen(name)) return undefined;
  if (written === null) return { file, name };
  const path =
    typeof written === "string" && !isOpen(written) ? fileInImage(file.folder, written) : undefined;
  if (path === undefined) return undefined;
  const other = files.compose(path, variables);
  if (other !== undefined) return { file: other, name };
  return files.needs.has(path) ? "asked for" : undefined;
}
