import type { StepBudget } from "@/lib/extension/compose/yaml/step-budget";

/** Result of interpolating one text. `unset`: names without a value in the image. */
export type Interpolation = { ok: true; text: string; unset: string[] } | { ok: false };

/** The value of a variable; undefined when nothing in the image sets it. */
export type Variables = (name: string) => string | undefined;

/**
 * Delimits the name of a variable with unknown value. YAML texts cannot contain it, because the reader removes it.
 */
const MARK = "\0";
const MAX_DEPTH = 10;
const MAX_CHARACTERS = 64 * 1024;

/**
 * Interpolates variables as Compose does: `$NAME`, `${NAME}` and the operators `:-` `-` `:?` `?` `:+` `+`, whose
 * right side can contain variables again; `$$` is a dollar sign (Compose specification, 12-interpolation.md). An
 * unset variable leaves a mark: `isOpen` finds it, `shown` turns it into `${NAME}`. Not `ok`: syntax that Compose
 * rejects. Texts and variables cost steps.
 */
export function interpolate(text: string, variables: Variables, steps: StepBudget): Interpolation {
  steps.spendText(text.length);
  if (!text.includes("$")) return { ok: true, text, unset: [] };
  const reader: Reader = { text, at: 0, variables, unset: [], length: 0, steps };
  const result = readUntil(reader, undefined, 0);
  return result === undefined ? { ok: false } : { ok: true, text: result, unset: [...new Set(reader.unset)] };
}

/** Whether part of the text depends on an unset variable. */
export function isOpen(text: string): boolean {
  return text.includes(MARK);
}

/** The unset variables that the text depends on. */
export function openVariables(text: string): string[] {
  return [...text.matchAll(/\0([^\0]*)\0/g)].map(([, name = ""]) => name);
}

/** The text for display and keys, with unset variables as `${NAME}`. */
export function shown(text: string): string {
  return text.replaceAll(/\0([^\0]*)\0/g, (_, name: string) => `\${${name}}`).replaceAll(MARK, "");
}

/** `unset`: names in the order met, with repetitions. Truncating the list undoes some. */
type Reader = {
  text: string;
  at: number;
  variables: Variables;
  unset: string[];
  length: number;
  steps: StepBudget;
};

/** Reads up to `end`, exclusive, or to the end of the text. */
function readUntil(reader: Reader, end: "}" | undefined, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  let result = "";
  while (reader.at < reader.text.length && reader.text[reader.at] !== end) {
    const piece = reader.text[reader.at] === "$" ? readVariable(reader, depth) : readPlain(reader, end);
    if (piece === undefined) return undefined;
    reader.steps.spendText(piece.length);
    reader.length += piece.length;
    if (reader.length > MAX_CHARACTERS * 2) return undefined;
    result += piece;
  }
  return result;
}

function readPlain(reader: Reader, end: "}" | undefined): string {
  const start = reader.at;
  while (reader.at < reader.text.length && reader.text[reader.at] !== "$" && reader.text[reader.at] !== end) {
    reader.at += 1;
  }
  return reader.text.slice(start, reader.at);
}

function readVariable(reader: Reader, depth: number): string | undefined {
  reader.at += 1;
  const next = reader.text[reader.at];
  if (next === "$") {
    reader.at += 1;
    return "$";
  }
  if (next !== "{") {
    const name = readName(reader);
    return name === "" ? undefined : (reader.variables(name) ?? open(reader, name));
  }
  reader.at += 1;
  const name = readName(reader);
  const value = name === "" ? undefined : readBraced(reader, name, depth);
  if (value === undefined || reader.text[reader.at] !== "}") return undefined;
  reader.at += 1;
  return value;
}

function readBraced(reader: Reader, name: string, depth: number): string | undefined {
  const operator = /^(?::[-?+]|[-?+])/.exec(reader.text.slice(reader.at, reader.at + 2))?.[0];
  const set = reader.variables(name);
  if (operator === undefined) return set ?? open(reader, name);
  reader.at += operator.length;
  const unsetBefore = reader.unset.length;
  const word = readUntil(reader, "}", depth + 1);
  if (word === undefined) return undefined;
  const has = operator.startsWith(":") ? set !== undefined && set !== "" : set !== undefined;
  const usesWord = operator.endsWith("+") ? has : !has && operator.endsWith("-");
  // The default of a variable that has a value is unused, so its variables do not count.
  if (!usesWord) reader.unset.length = unsetBefore;
  if (operator.endsWith("-") && !has) reader.unset.push(name);
  if (usesWord) return word;
  if (operator.endsWith("+")) return set === undefined && word !== "" ? open(reader, name) : "";
  return has ? set : open(reader, name);
}

function readName(reader: Reader): string {
  const [name = ""] = /^[A-Za-z_][A-Za-z0-9_]*/.exec(reader.text.slice(reader.at, reader.at + 200)) ?? [];
  reader.at += name.length;
  return name;
}

function open(reader: Reader, name: string): string {
  reader.unset.push(name);
  return MARK + name + MARK;
}
