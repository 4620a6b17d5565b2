/** The registry credentials of the environment, and the key of the stored ones. */

import { readFile } from "node:fs/promises";
import { parseEnvironmentCredentials } from "@/lib/marketplace/registry-credentials/environment-credentials";
import { credentialVault, passwordSealer } from "@/lib/marketplace/registry-credentials/vault";
import type { Env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import type { RegistryAccess } from "@/lib/process/registry-access";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";
import { credentialTester } from "@/lib/scanning/credentials/test-credentials";

type Settings = Pick<Env, "credentialKeys" | "registryCredentials" | "registryCredentialsFile">;

const VARIABLE = "GANTRY_REGISTRY_CREDENTIALS";
const FILE_VARIABLE = "GANTRY_REGISTRY_CREDENTIALS_FILE";

/** Sets the singletons. `secret`: the one that seals sessions, if there are no other keys. Throws `configuration`. */
export async function openCredentials(
  env: Settings,
  secret: string,
  { table, client }: Pick<RegistryAccess, "table" | "client">,
): Promise<void> {
  const environment = await environmentCredentials(env, table);
  const [current = secret, ...earlier] = env.credentialKeys;
  // The session secret stays able to open what it sealed before there were other keys.
  const fallback = env.credentialKeys.length === 0 ? [] : [secret];
  credentialVault.set({ sealer: passwordSealer([current, ...earlier, ...fallback]), environment });
  credentialTester.set(client);
}

async function environmentCredentials(
  { registryCredentials: text, registryCredentialsFile: file }: Settings,
  table: RegistryAccess["table"],
): Promise<RegistryCredentials[]> {
  if (text !== undefined && file !== undefined) {
    throw new AppError("configuration", `${VARIABLE} and ${FILE_VARIABLE} are both set.`, {
      suggestion: "Set one of them.",
    });
  }
  if (text !== undefined) return parseEnvironmentCredentials(text, table, VARIABLE);
  if (file === undefined) return [];
  return parseEnvironmentCredentials(await readSecretFile(file), table, FILE_VARIABLE);
}

async function readSecretFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new AppError("configuration", `${FILE_VARIABLE} names a file that Gantry cannot read: ${file}.`, {
      suggestion: "Mount the file, and let the user of the server read it.",
      cause,
    });
  }
}
