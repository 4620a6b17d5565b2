import { interpolate, type Variables } from "@/lib/extension/compose/yaml/interpolation";
import type { StepBudget } from "@/lib/extension/compose/yaml/step-budget";

/**
 * The variables of an env file, in order. `passed`: names without a value, which take the host's. `unset`: variables
 * that values use and that nothing in the image sets. `odd`: lines with invalid syntax.
 */
export type EnvFile = { values: Map<string, string>; passed: string[]; unset: string[]; odd: number[] };

const MAX_LINES = 5000;

/** Parses `KEY=value` lines as Compose does: comments, `export`, single and double quotes. Each line costs steps. */
export function readEnvFile(text: string, variables: Variables, steps: StepBudget): EnvFile {
  steps.spendText(text.length);
  const file: EnvFile = { values: new Map(), passed: [], unset: [], odd: [] };
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > MAX_LINES) file.odd.push(MAX_LINES + 1);
  for (const [index, line] of lines.slice(0, MAX_LINES).entries()) {
    steps.spend();
    if (!readLine(line.trim(), file, variables, steps)) file.odd.push(index + 1);
  }
  return file;
}

function readLine(line: string, file: EnvFile, variables: Variables, steps: StepBudget): boolean {
  if (line === "" || line.startsWith("#")) return true;
  const found = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\s*(?:([=:])\s*(.*))?$/s.exec(line);
  const [, name = "", separator, written = ""] = found ?? [];
  if (found === null || line.length > 10_000) return false;
  if (separator === undefined) {
    file.passed.push(name);
    return true;
  }
  const value = readValue(written, (other) => file.values.get(other) ?? variables(other), steps);
  if (value === undefined) return false;
  file.values.set(name, value.text);
  for (const other of value.unset) file.unset.push(other);
  return true;
}

/** Multi-line quoted values are not supported. */
function readValue(
  written: string,
  variables: Variables,
  steps: StepBudget,
): { text: string; unset: string[] } | undefined {
  const quote = written[0];
  if (quote === "'" || quote === '"') {
    const end = written.indexOf(quote, 1);
    const rest = written.slice(end + 1).trim();
    if (end === -1 || (rest !== "" && !rest.startsWith("#"))) return undefined;
    const inside = written.slice(1, end);
    return quote === "'" ? { text: inside, unset: [] } : expanded(inside, variables, steps);
  }
  return expanded(written.replace(/(?:^|\s)#.*$/s, "").trim(), variables, steps);
}

function expanded(
  text: string,
  variables: Variables,
  steps: StepBudget,
): { text: string; unset: string[] } | undefined {
  const result = interpolate(text, variables, steps);
  return result.ok ? result : undefined;
}
