import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { type StepBudget, StepsSpent } from "@/lib/extension/compose/yaml/step-budget";
import { placeIn, type YamlMap, type YamlValue } from "@/lib/extension/compose/yaml/yaml-value";

const YAML_LIMITS = { bytes: 1024 * 1024, tokens: 30_000, nodes: 30_000, depth: 40 } as const;

/** `oddities`: places that YAML parsers read differently, or that have custom tags. */
export type YamlReading =
  | { ok: true; value: YamlValue; oddities: { at: string; why: string }[] }
  | { ok: false; why: string };

/** Aliases count each time they are used, so that a small file cannot expand without limit. */
type Conversion = {
  anchors: Map<string, Node>;
  nodes: number;
  oddities: { at: string; why: string }[];
  steps: StepBudget;
};

class TooMuch extends Error {}

/** Tags without effect on the value. `!!binary` is excluded, because it hides text. */
const PLAIN_TAGS = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * Parses one YAML document (1.2, with the merge key of 1.1), bounded in time and memory. Each token and node costs a
 * step, an aliased node each time it is used. Throws only `StepsSpent`.
 */
export function readYaml(bytes: Uint8Array, steps: StepBudget): YamlReading {
  if (bytes.byteLength > YAML_LIMITS.bytes)
    return { ok: false, why: `it is larger than ${YAML_LIMITS.bytes} bytes` };
  const text = decoded(bytes);
  if (text === undefined) return { ok: false, why: "it is not UTF-8 text" };
  try {
    steps.spendText(text.length);
    if (tokensBeyond(text, YAML_LIMITS.tokens, steps)) return { ok: false, why: "it has too many tokens" };
    const document = parseDocument(text, {
      version: "1.2",
      schema: "core",
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "error",
    });
    return converted(document, text, steps);
  } catch (error) {
    if (error instanceof StepsSpent) throw error;
    // Deep nesting overflows the parser's stack (RangeError); it throws nothing else.
    return { ok: false, why: error instanceof TooMuch ? error.message : "it is nested too deeply" };
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function tokensBeyond(text: string, limit: number, steps: StepBudget): boolean {
  let count = 0;
  for (const _ of new Lexer().lex(text)) {
    count += 1;
    steps.spend();
    if (count > limit) return true;
  }
  return false;
}

function converted(document: Document.Parsed, text: string, steps: StepBudget): YamlReading {
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split("\n").length;
    return {
      ok: false,
      why: `line ${line}: ${error.code === "MULTIPLE_DOCS" ? "it contains several documents" : "it is not valid YAML"}`,
    };
  }
  const conversion: Conversion = { anchors: new Map(), nodes: 0, oddities: [], steps };
  const value = document.contents === null ? null : convert(document.contents, "", 0, conversion);
  return { ok: true, value, oddities: conversion.oddities };
}

function convert(node: Node, at: string, depth: number, conversion: Conversion): YamlValue {
  conversion.nodes += 1;
  conversion.steps.spend();
  if (conversion.nodes > YAML_LIMITS.nodes) throw new TooMuch("its aliases make it too large");
  if (depth > YAML_LIMITS.depth) throw new TooMuch("it is nested too deeply");
  if (isAlias(node)) {
    const target = conversion.anchors.get(node.source);
    if (target === undefined) throw new TooMuch("an alias refers to an anchor that is not defined before it");
    return convert(target, at, depth + 1, conversion);
  }
  if ("anchor" in node && typeof node.anchor === "string") conversion.anchors.set(node.anchor, node);
  if (node.tag !== undefined && !PLAIN_TAGS.has(node.tag))
    conversion.oddities.push({ at, why: `the tag ${node.tag}` });
  if (isMap(node)) return convertMap(node, at, depth, conversion);
  if (isSeq<Node | null>(node))
    return node.items.map((item, index) =>
      item === null ? null : convert(item, `${at}[${index}]`, depth + 1, conversion),
    );
  return isScalar(node) ? scalarText(node.value, node.source) : null;
}

function convertMap(node: YAMLMap, at: string, depth: number, conversion: Conversion): YamlMap {
  const own: YamlMap = new Map();
  const merged: YamlMap = new Map();
  for (const { key, value } of node.items) {
    const name = keyText(key, conversion);
    if (name === undefined) {
      conversion.oddities.push({ at, why: "a key that is not a string" });
      continue;
    }
    const place = placeIn(at, name);
    const item = isNode(value) ? convert(value, place, depth + 1, conversion) : null;
    if (name === "<<") mergeInto(merged, item, place, conversion);
    else {
      if (own.has(name)) conversion.oddities.push({ at: place, why: "a duplicate key" });
      own.set(name, item);
    }
  }
  for (const [name, item] of merged) if (!own.has(name)) own.set(name, item);
  return own;
}

/** `<<: *base` or `<<: [*first, *second]`, where the first mapping with a key wins. */
function mergeInto(merged: YamlMap, value: YamlValue, at: string, conversion: Conversion): void {
  for (const source of Array.isArray(value) ? value : [value]) {
    if (!(source instanceof Map))
      conversion.oddities.push({ at, why: "a merge key whose value is not a mapping" });
    else for (const [name, item] of source) if (!merged.has(name)) merged.set(name, item);
  }
}

function keyText(key: unknown, conversion: Conversion): string | undefined {
  const node = isAlias(key) ? conversion.anchors.get(key.source) : key;
  if (isScalar(node)) {
    if (typeof node.anchor === "string") conversion.anchors.set(node.anchor, node);
    return scalarText(node.value, node.source) ?? "";
  }
  return undefined;
}

/** Removes U+0000: no path, name or URL can contain it, and it marks unset variables later. */
function scalarText(value: unknown, source: string | undefined): string | null {
  if (value === null || value === undefined) return null;
  const isDecimal = source !== undefined && /^[-+]?\d+(?:\.\d+)?$/.test(source);
  return (isDecimal ? source : String(value)).replaceAll("\0", "");
}

function isNode(value: unknown): value is Node {
  return isAlias(value) || isMap(value) || isSeq(value) || isScalar(value);
}
