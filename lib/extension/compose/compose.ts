import {
  COMPOSE_LIMITS,
  ComposeFiles,
  type ImageFile,
  MAIN_FILE,
} from "@/lib/extension/compose/compose-files";
import { type ContainerEffects, joinEffects } from "@/lib/extension/compose/container-effects";
import { fileInImage, folderOf } from "@/lib/extension/compose/image-folder";
import type { NewKey } from "@/lib/extension/compose/keys/key-versions";
import { readProjectKeys } from "@/lib/extension/compose/read-keys";
import { readResources } from "@/lib/extension/compose/resources";
import {
  createScan,
  listItems,
  notUnderstood,
  type Scan,
  textItems,
  wrongShape,
} from "@/lib/extension/compose/scan";
import { type ComposeService, readService } from "@/lib/extension/compose/service";
import { extendedServices, misplacedServices, whyNoServices } from "@/lib/extension/compose/services";
import { isOpen, type Variables } from "@/lib/extension/compose/yaml/interpolation";
import { COMPOSE_STEPS, StepBudget, StepsSpent } from "@/lib/extension/compose/yaml/step-budget";
import { isYamlMap, placeIn, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";
import type { Finding } from "@/lib/extension/findings/finding";
import { createFindingList } from "@/lib/extension/findings/finding-list";

/** Result of reading a Compose project: what the extension's backend can access. */
export type ComposeReading = {
  /** Absolute paths of more image files to read. While there are any, the result is provisional. */
  needs: string[];
  services: ComposeService[];
  /** Effects of the project itself: its volumes, networks, secrets and variables. */
  effects: ContainerEffects;
  /** Keys that old releases of Docker Compose do not have. */
  newKeys: NewKey[];
  /** Places that Gantry could not interpret, such as `services.api.build`; bounded. */
  unknown: string[];
  findings: Finding[];
};

export type ComposeQuestion = {
  /** The compose file in the image, absolute: `/docker-compose.yaml`. */
  path: string;
  files: ReadonlyMap<string, ImageFile>;
  /** The value of `${DESKTOP_PLUGIN_IMAGE}`. */
  ownImage: string;
  /** Step budget of the reading; tests inspect it afterwards. Default: `COMPOSE_STEPS`. */
  steps?: StepBudget;
};

/**
 * Reads a Compose project from image files, as Docker Compose would: `include`, `extends`, variables and env files.
 * Pure, never throws, bounded: 16 files, 8 levels, and one step budget for everything. Parts that it could not
 * interpret, or that exceeded the budget, are in `unknown`, with a finding.
 */
export function readCompose({
  path,
  files: given,
  ownImage,
  steps = new StepBudget(),
}: ComposeQuestion): ComposeReading {
  const findings = createFindingList();
  const files = new ComposeFiles(path, given, ownImage, findings, steps);
  const project: Project = { files, ownImage, services: [], effects: [] };
  const env = [{ path: fileInImage(folderOf(path), ".env") ?? "/.env", isRequired: false }];
  const main = { path, folder: folderOf(path), variables: files.variables(env), chain: [path] };
  const isWhole = readWithin(project, main);
  if (isWhole) reportNoServices(project, main);
  const scan = createScan("/", files);
  scan.effects.hostEnvironment = [...files.hostVariables].slice(0, MAX_VARIABLES);
  return {
    needs: isWhole ? [...files.needs] : [],
    services: project.services,
    effects: joinEffects([...project.effects, scan.effects]),
    newKeys: [...files.newKeys.values()],
    unknown: [...files.unknown],
    findings: findings.toArray(),
  };
}

const MAX_VARIABLES = 200;
const MAX_SERVICES = 200;

type Project = {
  files: ComposeFiles;
  ownImage: string;
  services: ComposeService[];
  effects: ContainerEffects[];
};

/** One file to read: `folder` is the base of its relative paths, `chain` the files that include it, and itself. */
type Part = { path: string; folder: string; variables: Variables; chain: readonly string[] };

/** False when the budget is spent: no further file would make the project known. */
function readWithin(project: Project, main: Part): boolean {
  try {
    readFile(project, main);
    return true;
  } catch (error) {
    if (!(error instanceof StepsSpent)) throw error;
    const { unknown, findings } = project.files;
    notUnderstood({ unknown }, MAIN_FILE);
    findings.add("compose_too_complex", { path: main.path, limit: COMPOSE_STEPS });
    return false;
  }
}

/** A project in which nothing can start. Files that are not available, or included, can contain services. */
function reportNoServices({ files, services }: Project, { path, variables }: Part): void {
  if (services.length > 0 || files.needs.size > 0 || files.unknown.has(MAIN_FILE)) return;
  const main = files.compose(path, variables);
  if (main === undefined || main.project.has("include")) return;
  files.findings.add("compose_services_missing", { path, why: whyNoServices(main.project) });
}

function readFile(project: Project, part: Part): void {
  const { files } = project;
  const file = files.compose(part.path, part.variables);
  if (file === undefined) return;
  const placed = { ...file, folder: part.folder };
  const scan = createScan(part.folder, files);
  readProjectKeys(scan, file.project, file.at, misplacedServices(file.project));
  if (file.project.has("jobs")) notUnderstood(scan, placeIn(file.at, "jobs"));
  readResources(scan, file.project, file.at);
  project.effects.push(scan.effects);
  for (const { name, value, at } of extendedServices(files, placed, part.variables)) {
    if (project.services.length >= MAX_SERVICES) {
      wrongShape(scan, at, value);
      return;
    }
    const own = createScan(part.folder, files);
    project.services.push(readService(own, name, value, at, project.ownImage));
    if (isYamlMap(value)) readEnvFiles(project, own, value.get("env_file"), placeIn(at, "env_file"), part);
  }
  for (const { item, at } of listItems(scan, file.project.get("include"), placeIn(file.at, "include"))) {
    readInclude(project, scan, item, at, part);
  }
}

/** `include`: a path, or an object with paths, env files and their folder. */
function readInclude(project: Project, scan: Scan, item: YamlValue, at: string, part: Part): void {
  const fields: YamlMap = isYamlMap(item) ? item : new Map([["path", item]]);
  const paths = inImage(scan, fields.get("path"), placeIn(at, "path"), part.folder);
  const [directory] = inImage(
    scan,
    fields.get("project_directory"),
    placeIn(at, "project_directory"),
    part.folder,
  );
  const [first] = paths;
  if (first === undefined || part.chain.length >= COMPOSE_LIMITS.depth) {
    wrongShape(scan, at, item);
    return;
  }
  const folder = directory ?? folderOf(first);
  const named = inImage(scan, fields.get("env_file"), placeIn(at, "env_file"), part.folder);
  const env = fields.has("env_file")
    ? named.map((path) => ({ path, isRequired: true }))
    : [{ path: fileInImage(folder, ".env") ?? "/.env", isRequired: false }];
  const variables = project.files.variables(env, part.variables);
  for (const path of paths) {
    if (part.chain.includes(path)) {
      notUnderstood(scan, at);
      scan.findings.add("compose_cycle", { at, target: path });
    } else readFile(project, { path, folder, variables, chain: [...part.chain, path] });
  }
}

/** Host variables that a service's env files use. Their other content stays in the container. */
function readEnvFiles(
  project: Project,
  scan: Scan,
  value: YamlValue | undefined,
  at: string,
  part: Part,
): void {
  for (const { item, at: place } of listItems(scan, value, at)) {
    const written = isYamlMap(item) ? item.get("path") : item;
    const isRequired = !isYamlMap(item) || item.get("required") !== "false";
    if (typeof written !== "string") wrongShape(scan, place, item);
    else {
      for (const path of inImage(scan, written, place, part.folder))
        project.files.env(path, isRequired, part.variables);
    }
  }
}

/** The image files that a value names. URLs and host paths are not understood. */
function inImage(scan: Scan, value: YamlValue | undefined, at: string, folder: string): string[] {
  return textItems(scan, value, at).flatMap(({ text, at: place }) => {
    scan.steps.spendText(folder.length + text.length);
    const path = isOpen(text) ? undefined : fileInImage(folder, text);
    if (path === undefined) {
      wrongShape(scan, place, text);
      return [];
    }
    return [path];
  });
}
