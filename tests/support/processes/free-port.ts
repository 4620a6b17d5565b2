import { once } from "node:events";
import { createServer } from "node:net";

/** Below the ephemeral port range, so that no other process gets the port while its owner restarts. */
const LOWEST = 20_000;
const HIGHEST = 32_000;
const ATTEMPTS_MAX = 50;

/** A free port of 127.0.0.1, for programs that cannot take port 0. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
  throw new Error(`No port between ${LOWEST} and ${HIGHEST} is free.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
