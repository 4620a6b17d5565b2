/** The built server as a process of its own, on a data folder with an empty database. */

import path from "node:path";
import { unpackTemplate } from "@/tests/support/databases/pglite-template";
import { type Child, startChild } from "@/tests/support/processes/child";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

export type RunningServer = {
  url: string;
  /** The one-time link that it printed. */
  setupLink: string;
  dataDir: string;
  child: Child;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
};

const START_TIMEOUT_MS = 120_000;

export async function startServer(settings: Record<string, string> = {}): Promise<RunningServer> {
  const folder = temporaryFolder("server");
  await unpackTemplate(path.join(folder.path, "postgres"));
  const child = await startChild(process.execPath, ["--import", "tsx", "server.ts"], {
    env: {
      NODE_ENV: "production",
      PORT: "0",
      GANTRY_DATA_DIR: folder.path,
      GANTRY_LOG_LEVEL: "warn",
      ...settings,
    },
  });
  const [, setupLink = ""] = await child.line(/^\s*(http\S+\/setup\?token=\S+)$/m, START_TIMEOUT_MS);
  return {
    url: new URL(setupLink).origin,
    setupLink,
    dataDir: folder.path,
    child,
    async stop() {
      await child.stop();
      folder.remove();
    },
  };
}
