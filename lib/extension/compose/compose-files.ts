import { readEnvFile } from "@/lib/extension/compose/env-file";
import { folderOf } from "@/lib/extension/compose/image-folder";
import { notUnderstood } from "@/lib/extension/compose/scan";
import { interpolate, type Variables } from "@/lib/extension/compose/yaml/interpolation";
import type { StepBudget } from "@/lib/extension/compose/yaml/step-budget";
import { readYaml, type YamlReading } from "@/lib/extension/compose/yaml/yaml-text";
import { isYamlMap, mapTexts, placeIn, type YamlMap } from "@/lib/extension/compose/yaml/yaml-value";
import type { FindingList } from "@/lib/extension/findings/finding-list";

export const COMPOSE_LIMITS = { files: 16, depth: 8 } as const;

/** The image's file at an absolute path. `unreadable`: it may be there, but could not be had. */
export type ImageFile = Uint8Array | "absent" | "unreadable";

/** One compose file, variables put in. `at`: what stands before its places. */
export type ComposeFile = { path: string; at: string; folder: string; project: YamlMap };

/** What Docker Desktop tells Compose itself. Other names with this prefix are its own too, but not known. */
const OWN_PREFIX = "DESKTOP_PLUGIN_";

/** The files of one project as far as they are at hand. What is missing is asked for in `needs`. */
export class ComposeFiles {
  readonly needs = new Set<string>();
  readonly unknown = new Set<string>();
  /** Variables of the host that the project takes. */
  readonly hostVariables = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #readings = new Map<string, YamlReading | undefined>();
  /** Files with their variables put in, by the variables: many services may extend those of one file. */
  readonly #filled = new Map<Variables, Map<string, ComposeFile>>();

  constructor(
    private readonly main: string,
    private readonly files: ReadonlyMap<string, ImageFile>,
    private readonly ownImage: string,
    readonly findings: FindingList,
    readonly steps: StepBudget,
  ) {}

  /** The compose file at `path`; undefined when it is not at hand, or, with findings, not usable. */
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

  /** Bytes of a file; undefined, with findings unless it is only asked for, when they cannot be had. */
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

  /** The variables of `.env` files; where none of them sets a name, `otherwise` is asked, and then the host. */
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

  /** What an env file sets. Names that it takes from the host are noted. */
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
    notUnderstood(this, `${path === this.main ? "compose file" : `compose file ${path}`}`);
    this.findings.add(code, { path, ...evidence });
    return undefined;
  }
}
