import { COMPOSE_LIMITS, type ComposeFile, type ComposeFiles } from "@/lib/extension/compose/compose-files";
import { fileInImage } from "@/lib/extension/compose/image-folder";
import { PROJECT_KEYS } from "@/lib/extension/compose/keys/known-keys";
import { mergeServices } from "@/lib/extension/compose/merge-services";
import { rebase } from "@/lib/extension/compose/rebase";
import { notUnderstood } from "@/lib/extension/compose/scan";
import { isOpen, type Variables } from "@/lib/extension/compose/yaml/interpolation";
import {
  describeYaml,
  isYamlMap,
  placeIn,
  type YamlMap,
  type YamlValue,
} from "@/lib/extension/compose/yaml/yaml-value";
import { nearest } from "@/lib/extension/text/nearest";
import { quoted } from "@/lib/extension/text/quoted";

/** Resolves the services of a file with everything that they `extends`, in order and on demand. */
export function* extendedServices(
  files: ComposeFiles,
  file: ComposeFile,
  variables: Variables,
): Generator<{ name: string; value: YamlValue; at: string }> {
  const services = file.project.get("services") ?? null;
  const at = placeIn(file.at, "services");
  if (services === null) return;
  if (!isYamlMap(services)) {
    notUnderstood(files, at);
    // In the main file, the project without services is the finding.
    if (file.at !== "") files.findings.add("compose_not_understood", { at, found: describeYaml(services) });
    return;
  }
  for (const [name, value] of services) {
    const whole = isYamlMap(value) ? extended(files, { file, name }, value, variables, at, []) : value;
    yield { name, value: whole, at: placeIn(at, name) };
  }
}

/** Why a file defines no services, as part of a sentence. */
export function whyNoServices(project: YamlMap): string {
  const services = project.get("services");
  if (services !== undefined && services !== null && !isYamlMap(services))
    return `“services” is ${describeYaml(services)}, not an object`;
  if (project.has("services")) return "“services” is empty";
  const [first] = misplacedServices(project);
  if (first === undefined) return "it has no key “services”";
  return isMisspelling(first)
    ? `it has the key ${quoted(first)} instead of “services”`
    : `it has no key “services”, under which ${quoted(first)} belongs`;
}

/**
 * Keys at the first level that are meant as services, if there is no key `services`: its misspellings, and services
 * themselves, as in the first version of the format.
 */
export function misplacedServices(project: YamlMap): Set<string> {
  if (project.has("services")) return new Set();
  const misplaced = [...project].filter(([key, value]) => isMisspelling(key) || isService(key, value));
  return new Set(misplaced.map(([key]) => key));
}

function isMisspelling(key: string): boolean {
  return nearest(key.toLowerCase(), ["services"], 2) !== undefined;
}

function isService(key: string, value: YamlValue): boolean {
  if (Object.hasOwn(PROJECT_KEYS, key) || key.startsWith("x-") || !isYamlMap(value)) return false;
  return value.has("image") || value.has("build");
}

/** `above`: the services that extend this one, the outermost first. */
function extended(
  files: ComposeFiles,
  { file, name }: Target,
  service: YamlMap,
  variables: Variables,
  services: string,
  above: readonly Target[],
): YamlMap {
  files.steps.spend(1 + service.size);
  const link = service.get("extends") ?? null;
  const own: YamlMap = new Map([...service].filter(([key]) => key !== "extends"));
  if (link === null) return own;
  const place = placeIn(placeIn(services, name), "extends");
  const chain = [...above, { file, name }];
  const target = chain.length > COMPOSE_LIMITS.depth ? undefined : targetOf(files, file, link, variables);
  if (target === "asked for") return own;
  if (target !== undefined && chain.some((one) => isSame(one, target))) {
    notUnderstood(files, place);
    files.findings.add("compose_cycle", { at: place, target: target.name });
    return own;
  }
  const others = target?.file.project.get("services");
  const base = isYamlMap(others) && target !== undefined ? others.get(target.name) : undefined;
  if (target === undefined || !isYamlMap(base)) {
    notUnderstood(files, place);
    files.findings.add("compose_extends_unresolved", { at: place });
    return own;
  }
  const whole = extended(files, target, base, variables, placeIn(target.file.at, "services"), chain);
  return mergeServices(rebase(whole, target.file.folder, file.folder, files.steps), own, files.steps);
}

type Target = { file: ComposeFile; name: string };

function isSame(one: Target, other: Target): boolean {
  return one.file.path === other.file.path && one.name === other.name;
}

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
  files.steps.spendText(file.folder.length);
  const path =
    typeof written === "string" && !isOpen(written) ? fileInImage(file.folder, written) : undefined;
  if (path === undefined) return undefined;
  const other = files.compose(path, variables);
  if (other !== undefined) return { file: other, name };
  return files.needs.has(path) ? "asked for" : undefined;
}
