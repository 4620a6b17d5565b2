import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { lockDataFolder } from "@/lib/platform/data-lock";
import { readEnv } from "@/lib/platform/env";
import { createLog } from "@/lib/platform/log";
import { listen } from "@/lib/process/http-server";
import { startGantry } from "@/lib/process/start";

test("a start that fails releases the data folder", async () => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "gantry-test-"));
  const other = createServer();
  const port = await listen(other, "127.0.0.1", 0);
  const env = readEnv({ PORT: String(port), HOST: "127.0.0.1", GANTRY_DATA_DIR: dataDir });
  await expect(startGantry(env, createLog("silent"))).rejects.toMatchObject({ code: "configuration" });
  const lock = await lockDataFolder(dataDir);
  await lock.release();
  other.close();
  await rm(dataDir, { recursive: true });
});
