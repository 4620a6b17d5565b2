import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type ConnectionLimits, limitConnections } from "@/lib/process/connections";
import { exchangeUntilClosed } from "@/tests/support/raw-exchange";

const open: { server: Server; sockets: Socket[] }[] = [];

afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const FEW: ConnectionLimits = { max: 100, perNetworkMax: 3, isTrustedProxy: () => false };
const ASK = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

async function start(
  limits: ConnectionLimits,
  listener: RequestListener = (_req, res) => res.end("answered"),
) {
  const server = createServer(listener);
  limitConnections(server, limits);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const sockets: Socket[] = [];
  open.push({ server, sockets });
  const hold = async () => {
    const socket = connect(port, "127.0.0.1");
    sockets.push(socket);
    socket.on("error", () => undefined);
    await once(socket, "connect");
    return socket;
  };
  return { server, hold, url: `http://127.0.0.1:${port}` };
}

test("one address has a share of all connections, gets an error beyond it, and gets the share back", async () => {
  const { hold, url } = await start(FEW);
  const held = await Promise.all([hold(), hold(), hold()]);
  const refused = await exchangeUntilClosed(url, ASK);
  expect(refused.status).toBe(503);
  expect(refused.text).toContain("Your network has 3 connections open");
  expect(refused.text.toLowerCase()).toContain("retry-after: 5");
  held[0]?.destroy();
  await expect.poll(async () => (await exchangeUntilClosed(url, ASK)).status).toBe(200);
});

test("a trusted proxy may hold as many as there are", async () => {
  const trusted: string[] = [];
  const isTrustedProxy = (address: string) => trusted.push(address) > 0;
  const { hold, url } = await start({ ...FEW, isTrustedProxy });
  await Promise.all(Array.from({ length: 10 }, hold));
  expect((await exchangeUntilClosed(url, ASK)).status).toBe(200);
  expect(new Set(trusted)).toEqual(new Set(["127.0.0.1"]));
});

test("beyond all connections a new one is closed at once, and later ones are served", async () => {
  const { hold, url } = await start({ ...FEW, max: 2, perNetworkMax: 2 });
  const held = await Promise.all([hold(), hold()]);
  expect(await exchangeUntilClosed(url, ASK)).toEqual({ text: "", status: undefined });
  for (const socket of held) socket.destroy();
  await expect.poll(async () => (await exchangeUntilClosed(url, ASK)).status).toBe(200);
});

test("a client that takes its answer by drops is cut off, one that waits for more is not", async () => {
  const answer = Buffer.alloc(64 * 1024 * 1024, "x");
  const { hold } = await start({ ...FEW, readingMsMax: 1_000 }, (req, res) => {
    if (req.url === "/large") return res.end(answer);
    res.write("first");
    return setTimeout(() => res.end("last"), 3_000);
  });
  const drops = await hold();
  drops.write("GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  let taken = 0;
  // Reads a little now and then, so that the connection never looks idle.
  drops.pause();
  const sipping = setInterval(() => {
    taken += drops.read(16_384)?.length ?? 0;
  }, 50);
  const stream = await hold();
  let streamed = "";
  stream.on("data", (chunk) => {
    streamed += chunk;
  });
  stream.write("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  await once(stream, "close");
  expect(streamed).toContain("last");
  // What was in flight is read to its end, and that is where the answer stops.
  clearInterval(sipping);
  drops.on("data", (chunk: Buffer) => {
    taken += chunk.length;
  });
  drops.resume();
  if (!drops.destroyed) await once(drops, "close");
  expect(taken).toBeLessThan(answer.byteLength);
});
