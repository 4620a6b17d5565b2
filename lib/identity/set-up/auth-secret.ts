import path from "node:path";
import { randomText } from "@/lib/platform/crypto";
import type { Env } from "@/lib/platform/env";
import { readPrivateFile, writePrivateFile } from "@/lib/platform/private-file";

const SECRET_BYTES = 48;
const SECRET_LENGTH_MIN = 32;

/** The secret that seals sessions: AUTH_SECRET, or the one in the data folder, which is created when missing. */
export async function authSecret(env: Pick<Env, "authSecret" | "dataDir">): Promise<string> {
  if (env.authSecret !== undefined) return env.authSecret;
  const file = path.join(env.dataDir, "auth-secret");
  const kept = await readPrivateFile(file);
  if (kept !== undefined && kept.length >= SECRET_LENGTH_MIN) return kept;
  const made = randomText(SECRET_BYTES);
  await writePrivateFile(file, made);
  return made;
}
