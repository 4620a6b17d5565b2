import { readEnvFile } from "@/lib/extension/compose/env-file";
import { folderOf } from "@/lib/extension/compose/image-folder";
import type { NewKeys } from "@/lib/extension/compose/keys/key-versions";
import { notUnderstood } from "@/lib/extension/compose/scan";
import { interpolate, type Variables } from "@/lib/extension/compose/yaml/interpolation";
import type { StepBudget } from "@/lib/extension/compose/yaml/step-budget";
import { readYaml, type YamlReading } from "@/lib/extension/compose/yaml/yaml-text";
import { isYamlMap, mapTexts, placeIn, type YamlMap } from "@/lib/extension/compose/yaml/yaml-value";
import type { FindingList } from "@/lib/extension/findings/finding-list";

/** The place in `unknown` of the main file as a whole. */
export const MAIN_FILE = "compose file";

export const COMPOSE_LIMITS = { files: 16, depth: 8 } as const;

/** Reads the image's file at an absolute path. `unreadable`: the file may exist, but is not available. */
export type ImageFile = Uint8Array | "absent" | "unreadable";

/** One compose file with its variables interpolated. `at`: prefix of its paths in findings. */
export type ComposeFile = { path: string; at: string; folder: string; project: YamlMap };

/**
 * Variables that Docker Desktop passes to Compose. Other names with this prefix are also Docker Desktop's, but
 * undocumented.
 */
const OWN_PREFIX = "DESKTOP_PLUGIN_";

/** The available files of one project. Missing ones are listed in `needs`. */
export class ComposeFiles {
  readonly needs = new Set<string>();
  readonly unknown = new Set<string>();
  readonly newKeys: NewKeys = new Map();
  /** Host environment variables that the project uses. */
  readonly hostVariables = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #readings = new Map<string, YamlReading | undefined>();
  /** Cache of interpolated files, by their variables: many services can extend those of one file. */
  readonly #filled = new Map<Variables, Map<string, ComposeFile>>();

  constructor(
    private readonly main: string,
    private readonly files: ReadonlyMap<string, ImageFile>,
    private readonly ownImage: string,
    readonly findings: FindingList,
    readonly steps: StepBudget,
  ) {}

  /** The compose file at `path`; undefined when it is not available, or not usable (with findings). */
  compose(path: string, variables: Variables): ComposeFile | undefined {
    this.steps.spend();
    const known = this.#filled.get(variables)?.get(path);
    if (known !== undefined) return known;
    const reading = this.reading(path);
    if (reading?.ok !== true) return undefined;
    const at = path === this.main ? "" : `(${path})`;
    const folder = folderOf(path);
    if (!isYamlMap(reading.value)) return this.refuse(path, "its top level is not a mapping");
    const file = { path, at, folder, project: this.filled(reading.value, at, variables) };
    const filled = this.#filled.get(variables) ?? new Map<string, ComposeFile>();
    this.#filled.set(variables, filled.set(path, file));
    return file;
  }

  /** The bytes of a file; undefined when they are not available. Adds findings, unless the file is optional. */
  bytes(path: string, isRequired: boolean): Uint8Array | undefined {
    this.#asked.add(path);
    if (this.#asked.size > COMPOSE_LIMITS.files)
      return this.fail(path, "compose_limit", { limit: COMPOSE_LIMITS.files });
    const file = this.files.get(path);
    if (file instanceof Uint8Array) return file;
    if (file === undefined) this.needs.add(path);
    else if (file === "unreadable") return this.fail(path, "compose_not_checked", {});
    else if (isRequired) return this.fail(path, "compose_file_missing", {});
    return undefined;
  }

  /** The variables of `.env` files, then those of `otherwise`, then the host's. */
  variables(envFiles: readonly { path: string; isRequired: boolean }[], otherwise?: Variables): Variables {
    let values: Map<string, string> | undefined;
    return (name) => {
      if (name === "DESKTOP_PLUGIN_IMAGE") return this.ownImage;
      if (name.startsWith(OWN_PREFIX)) return undefined;
      const outer = otherwise?.(name);
      if (outer !== undefined) return outer;
      values ??= new Map(
        envFiles.flatMap(({ path, isRequired }) => [...this.env(path, isRequired, () => undefined)]),
      );
      return values.get(name);
    };
  }

  /** The variables of an env file. Records the names that it takes from the host. */
  env(path: string, isRequired: boolean, variables: Variables): Map<string, string> {
    const bytes = this.bytes(path, isRequired);
    if (bytes === undefined) return new Map();
    const text = new TextDecoder().decode(bytes).replaceAll("\0", "");
    const file = readEnvFile(text, variables, this.steps);
    this.takeFromHost([...file.passed, ...file.unset]);
    if (file.odd.length > 0) this.refuse(path, `line ${file.odd[0]} is not KEY=value`);
    return file.values;
  }

  /** Marks a file, or a place that names one, as not understood. */
  refuse(path: string, why: string): undefined {
    return this.fail(path, "compose_invalid", { why });
  }

  private reading(path: string): YamlReading | undefined {
    if (this.#readings.has(path)) return this.#readings.get(path);
    const bytes = this.bytes(path, true);
    const reading = bytes === undefined ? undefined : readYaml(bytes, this.steps);
    this.#readings.set(path, reading);
    if (reading?.ok === false) this.refuse(path, reading.why);
    if (reading?.ok === true) {
      for (const { at, why } of reading.oddities) {
        const place = path === this.main ? at : placeIn(`(${path})`, at);
        notUnderstood(this, place);
        this.findings.add("compose_odd_yaml", { at: place, why });
      }
    }
    return reading;
  }

  private filled(project: YamlMap, at: string, variables: Variables): YamlMap {
    const value = mapTexts(
      project,
      (text, place) => {
        const result = interpolate(text, variables, this.steps);
        if (result.ok) {
          this.takeFromHost(result.unset);
          return result.text;
        }
        notUnderstood(this, place);
        this.findings.add("compose_variable_invalid", { at: place, value: text });
        return text;
      },
      at,
      this.steps,
    );
    return isYamlMap(value) ? value : project;
  }

  private takeFromHost(names: readonly string[]): void {
    for (const name of names)
      if (!name.startsWith(OWN_PREFIX) && !name.startsWith("COMPOSE_")) this.hostVariables.add(name);
  }

  private fail(
    path: string,
    code: "compose_limit" | "compose_not_checked" | "compose_file_missing" | "compose_invalid",
    evidence: Record<string, string | number>,
  ): undefined {
    notUnderstood(this, path === this.main ? MAIN_FILE : `${MAIN_FILE} ${path}`);
    this.findings.add(code, { path, ...evidence });
    return undefined;
  }
}
