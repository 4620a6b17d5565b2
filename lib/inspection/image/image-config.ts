import { readJsonText } from "@/lib/extension/json/json-text";
import { isOwnLabel } from "@/lib/extension/labels/label-names";
import type { Platform } from "@/lib/extension/reference/platform";
import { quoted } from "@/lib/extension/text/quoted";
import { configAnomalies } from "@/lib/inspection/image/config-anomalies";
import type { Task } from "@/lib/platform/threads/task";

/** Content of an image config (OCI image-spec, config.md). */
export type ImageConfig = {
  /** Undefined if os or architecture is missing. */
  platform: Platform | undefined;
  /** RFC 3339, as written; null if absent or invalid. */
  created: string | null;
  labels: Record<string, string>;
  /** The container's environment as `NAME=value`. */
  environment: string[];
  start: StartCommand;
  /** The commands that made the layers, as recorded by the builder. */
  history: string[];
  rootfs: Rootfs;
  /** Why other parsers can read something else, as parts of sentences. */
  oddities: string[];
};

/** What a container runs: `command` is the entrypoint with its arguments, `workingDir` the folder that it starts in. */
export type StartCommand = { command: string[]; workingDir: string };

/** The layers as the config lists them: `type` as written, and the digest of each uncompressed archive. */
export type Rootfs = { type: string; diffIds: string[] };

/**
 * Duplicate keys are not checked in longer configs, because that takes CPU time. Real configs have a few kilobytes.
 */
const LOOKED_THROUGH_CHARACTERS = 1024 * 1024;

/** Real configs have four levels. */
const MAX_DEPTH = 64;

const MAX_PLATFORM_CHARACTERS = 64;

/** Further lines, and longer ones, are ignored. */
const MAX_LINES = 1000;
const MAX_LINE_CHARACTERS = 16 * 1024;

/** A label whose value is not text, or without a name the labels as a whole. `is`: what it is instead. */
export type TextlessLabel = { name: string | undefined; is: string };

export type ConfigReading =
  | { kind: "read"; config: ImageConfig }
  | { kind: "unreadable"; why: string; label?: TextlessLabel };

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** `parseImageConfig` as a task for a worker thread: a config can have 4 MiB. */
export const READ_CONFIG: Task<Uint8Array, ConfigReading> = {
  module: "lib/inspection/image/image-config",
  name: "READ_CONFIG",
  run: parseImageConfig,
  weigh: (bytes) => bytes.byteLength,
};

/**
 * Parses a config blob. As in Go, null is the empty string, and a label that is not text makes the whole config
 * unreadable. The labels have only own keys, whatever their names. `why` is part of a sentence.
 */
export function parseImageConfig(bytes: Uint8Array): ConfigReading {
  const document = parseDocument(bytes);
  if ("why" in document) return { kind: "unreadable", why: document.why };
  const root = recordOf(document.value);
  if (root === undefined) return { kind: "unreadable", why: "it is not a JSON object" };
  const container = recordOf(root.get("config"));
  const label = textlessLabel(container?.get("Labels"));
  if (label !== undefined) return { kind: "unreadable", why: whyTextless(label), label };
  const rootfs = recordOf(root.get("rootfs"));
  const labels = labelsOf([...textsOf(container?.get("Labels"))]);
  return {
    kind: "read",
    config: {
      platform: platformOf(root),
      created: createdOf(root.get("created")),
      labels: labels.kept,
      environment: linesOf(listOf(container?.get("Env"))),
      start: {
        command: linesOf([...listOf(container?.get("Entrypoint")), ...listOf(container?.get("Cmd"))]),
        workingDir: stringOf(container?.get("WorkingDir")),
      },
      history: linesOf(listOf(root.get("history")).map((step) => recordOf(step)?.get("created_by"))),
      rootfs: {
        type: stringOf(rootfs?.get("type")),
        diffIds: listOf(rootfs?.get("diff_ids")).map(stringOf),
      },
      oddities: [...document.oddities, ...labels.oddities],
    },
  };
}

type Document = { value: unknown; oddities: string[] };

function parseDocument(bytes: Uint8Array): Document | { why: string } {
  try {
    return parseText(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return { why: "it is not UTF-8 JSON" };
  }
}

/** Throws if the value is not JSON. */
function parseText(text: string): Document | { why: string } {
  if (text.length > LOOKED_THROUGH_CHARACTERS) {
    const why = `it has ${text.length} characters, too many to check for duplicate keys`;
    return { value: JSON.parse(text), oddities: [why] };
  }
  const reading = readJsonText(text, MAX_DEPTH);
  if (reading.ok) return { value: reading.value, oddities: configAnomalies(reading) };
  if (reading.problem === "depth") return { why: reading.why };
  throw new SyntaxError(reading.why);
}

function recordOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (value instanceof Map) return value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

function platformOf(root: ReadonlyMap<string, unknown>): Platform | undefined {
  const parts = ["os", "architecture", "variant"].map((key) => stringOf(root.get(key)));
  const [os = "", architecture = "", variant = ""] = parts;
  if (os === "" || architecture === "" || parts.some((part) => part.length > MAX_PLATFORM_CHARACTERS)) {
    return undefined;
  }
  return variant === "" ? { os, architecture } : { os, architecture, variant };
}

/** Absent and null are the empty string, as in Go. */
function stringOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function createdOf(value: unknown): string | null {
  const isTime = typeof value === "string" && RFC_3339.test(value) && !Number.isNaN(Date.parse(value));
  return isTime ? value : null;
}

/**
 * Far above what Gantry reads: a config of 4 MiB could have 400,000 labels. The extension's own labels come first.
 */
const MAX_LABELS = 4096;

function labelsOf(all: [string, string][]): { kept: Record<string, string>; oddities: string[] } {
  if (all.length <= MAX_LABELS) return { kept: Object.fromEntries(all), oddities: [] };
  const own = all.filter(([name]) => isOwnLabel(name));
  const others = all.filter(([name]) => !isOwnLabel(name)).slice(0, MAX_LABELS - own.length);
  const why = `it has ${all.length} labels, of which Gantry reads ${MAX_LABELS}`;
  return { kept: Object.fromEntries([...own, ...others]), oddities: [why] };
}

/** The first label that Go's `map[string]string` does not accept. */
function textlessLabel(labels: unknown): TextlessLabel | undefined {
  if (labels === undefined || labels === null) return undefined;
  const known = recordOf(labels);
  if (known === undefined) return { name: undefined, is: kindOf(labels) };
  for (const [name, value] of known)
    if (typeof value !== "string" && value !== null) return { name, is: kindOf(value) };
  return undefined;
}

function whyTextless({ name, is }: TextlessLabel): string {
  return name === undefined
    ? `its labels are ${is} instead of an object`
    : `its label ${quoted(name)} is ${is} instead of text`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "text";
  return typeof value === "boolean" ? "true or false" : "a number";
}

function* textsOf(labels: unknown): Generator<[string, string]> {
  for (const [name, value] of recordOf(labels) ?? []) {
    if (typeof value === "string" || value === null) yield [name, stringOf(value)];
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_LINES) : [];
}

function linesOf(values: unknown[]): string[] {
  return values.flatMap((value) => (typeof value === "string" ? [value.slice(0, MAX_LINE_CHARACTERS)] : []));
}
