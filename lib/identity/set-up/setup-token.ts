import { rm } from "node:fs/promises";
import path from "node:path";
import type { IdentityServices } from "@/lib/identity/identity";
import { randomText, sha256Hex } from "@/lib/platform/crypto";
import { read } from "@/lib/platform/db/transact";
import { readPrivateFile, writePrivateFile } from "@/lib/platform/private-file";

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

/**
 * The one-time setup link while no admin exists, else undefined. Call it at startup, before `/readyz` returns 200.
 * The token is also in the file `setup-token` in the data folder, and survives restarts until it is used.
 */
export async function ensureSetupToken(services: IdentityServices): Promise<string | undefined> {
  const { db, identity } = services;
  const admins = await read(() => db.prisma.user.count({ where: { role: "admin" } }));
  if (admins > 0) {
    await removeSetupTokenFile(identity.dataDir);
    return undefined;
  }
  const token = await keptOrNewToken(identity.dataDir);
  const tokenHash = sha256Hex(token);
  await read(() => db.prisma.setupToken.upsert({ where: { tokenHash }, create: { tokenHash }, update: {} }));
  return `${identity.url}/setup?token=${token}`;
}

export async function removeSetupTokenFile(dataDir: string): Promise<void> {
  await rm(setupTokenFile(dataDir), { force: true });
}

export function setupTokenFile(dataDir: string): string {
  return path.join(dataDir, "setup-token");
}

async function keptOrNewToken(dataDir: string): Promise<string> {
  const kept = await readPrivateFile(setupTokenFile(dataDir));
  if (kept !== undefined && TOKEN.test(kept)) return kept;
  const made = randomText(TOKEN_BYTES);
  await writePrivateFile(setupTokenFile(dataDir), made);
  return made;
}
