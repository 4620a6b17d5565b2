import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { authSecret } from "@/lib/identity/set-up/auth-secret";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), "gantry-secret-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

const modeOf = async (file: string) => (await stat(file)).mode & 0o777;

test("the configured secret is used and nothing is written", async () => {
  expect(await authSecret({ authSecret: "configured", dataDir })).toBe("configured");
  await expect(stat(path.join(dataDir, "auth-secret"))).rejects.toThrow("ENOENT");
});

test("without one a secret is made once, for its owner's eyes only", async () => {
  const folder = path.join(dataDir, "new");
  const made = await authSecret({ authSecret: undefined, dataDir: folder });
  expect(made.length).toBeGreaterThanOrEqual(64);
  expect(await authSecret({ authSecret: undefined, dataDir: folder })).toBe(made);
  expect(await modeOf(folder)).toBe(0o700);
  expect(await modeOf(path.join(folder, "auth-secret"))).toBe(0o600);
});

test("a file that others could read is closed to them", async () => {
  const file = path.join(dataDir, "auth-secret");
  await writeFile(file, "s".repeat(64));
  await chmod(file, 0o644);
  expect(await authSecret({ authSecret: undefined, dataDir })).toBe("s".repeat(64));
  expect(await modeOf(file)).toBe(0o600);
});

test("half a secret is replaced", async () => {
  const file = path.join(dataDir, "auth-secret");
  await writeFile(file, "short");
  const made = await authSecret({ authSecret: undefined, dataDir });
  expect(made.length).toBeGreaterThanOrEqual(64);
  expect((await readFile(file, "utf8")).trim()).toBe(made);
});
