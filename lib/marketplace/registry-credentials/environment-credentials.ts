/** GANTRY_REGISTRY_CREDENTIALS: credentials that the operator provides with the process. */

import { z } from "zod";
import {
  type CredentialsInput,
  checkCredentials,
} from "@/lib/marketplace/registry-credentials/credentials-input";
import { AppError, isAppError } from "@/lib/platform/errors";
import type { RegistryTable } from "@/lib/registry/registries";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";

const COUNT_MAX = 100;

const schema = z
  .array(
    z.strictObject({
      host: z.string(),
      namespace: z.string().optional(),
      username: z.string(),
      password: z.string(),
      tokenServer: z.string().optional(),
    }),
  )
  .max(COUNT_MAX);

/**
 * Parses the JSON array. Throws `configuration`, naming `variable` and the item but never a password: a text that is not
 * JSON could be one.
 */
export function parseEnvironmentCredentials(
  text: string,
  table: RegistryTable,
  variable: string,
): RegistryCredentials[] {
  const parsed = schema.safeParse(parseJson(text, variable));
  if (!parsed.success) throw misconfigured(variable, problemOf(parsed.error));
  const all = parsed.data.map((item, index) => readItem(item, index, table, variable));
  const lines = all.map(({ line }) => line);
  const twice = lines.find((line, index) => lines.indexOf(line) !== index);
  if (twice === undefined) return all;
  throw misconfigured(variable, `it has two items for ${twice.slice(LINE_PREFIX.length)}`);
}

const LINE_PREFIX = "environment ";

/** Whether the environment provides these credentials. */
export function isFromEnvironment({ line }: Pick<RegistryCredentials, "line">): boolean {
  return line.startsWith(LINE_PREFIX);
}

function readItem(
  item: CredentialsInput,
  index: number,
  table: RegistryTable,
  variable: string,
): RegistryCredentials {
  try {
    const checked = checkCredentials(item, table);
    const place = checked.namespace === "" ? checked.host : `${checked.host}/${checked.namespace}`;
    return { ...checked, line: `${LINE_PREFIX}${place}` };
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw misconfigured(variable, `item ${index + 1}: ${error.message} ${error.suggestion}`);
  }
}

function parseJson(text: string, variable: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw misconfigured(variable, "it is not JSON");
  }
}

/** Zod's messages name types and keys, not values. */
function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "it is not valid";
  const [index, ...field] = issue.path;
  if (index === undefined) return `it must be a JSON array of at most ${COUNT_MAX} objects`;
  const where = field.length === 0 ? "" : ` has no valid “${field.join(".")}”`;
  const what = issue.code === "unrecognized_keys" ? " has an unknown field" : where || " is not an object";
  return `item ${Number(index) + 1}${what}`;
}

function misconfigured(variable: string, why: string): AppError {
  const sentence = why.endsWith(".") ? why : `${why}.`;
  return new AppError("configuration", `${variable} is not valid: ${sentence}`, {
    suggestion:
      "Write a JSON array of objects with host, username and password, and namespace and tokenServer where they apply. The file .env.example has one.",
  });
}
