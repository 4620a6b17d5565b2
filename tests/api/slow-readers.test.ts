import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions } from "@/tests/builders/catalog-rows";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

const IDLE = 1_000;
const READERS = 200;
/** What a connection may take here: sockets, parsers and headers, on either side of it. */
const CONNECTION_BYTES_MAX = 100_000;
const EXTENSIONS = 60;
const DESCRIPTION = "Twenty characters. ".repeat(1_000);

let api: PublicApi;

beforeAll(async () => {
  api = await startPublicApi();
  const records = Array.from({ length: EXTENSIONS }, (_none, index) => {
    const repository = `docker.io/acme/x${index}`;
    const report = { repository, labels: { description: DESCRIPTION } };
    return extensionRecord(repository, { versions: [versionRecord("1.0.0", { report })] });
  });
  await writeExtensions(api.db, ...records);
  await api.catalog.refresh();
});

afterAll(() => api.close());

/** Asks for the whole catalog and reads nothing of the answer but its first bytes. */
async function slowReader(): Promise<Socket> {
  const { hostname, port } = new URL(api.origin);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  socket.write("GET /api/v1/catalog HTTP/1.1\r\nhost: x\r\n\r\n");
  await once(socket, "readable");
  return socket;
}

/** Connects, and asks for nothing. */
async function idleReader(): Promise<Socket> {
  const { hostname, port } = new URL(api.origin);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

async function many(count: number, open: () => Promise<Socket>): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) sockets.push(...(await Promise.all(Array.from({ length: 50 }, open))));
  return sockets;
}

test("readers that idle or do not read cost no copy of the answer each, and keep nobody else waiting", async () => {
  const whole = (await api.send("/api/v1/catalog")).bytes.byteLength;
  expect(whole).toBeGreaterThan(1_000_000);
  const before = process.memoryUsage();
  const sockets = await many(IDLE, idleReader);
  try {
    sockets.push(...(await many(READERS, slowReader)));
    const after = process.memoryUsage();
    // One copy for each reader would be two hundred times the answer. Both ends of all connections are in here.
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(whole * 40);
    expect(after.heapUsed - before.heapUsed).toBeLessThan((IDLE + READERS) * CONNECTION_BYTES_MAX);
    const others = await Promise.all(
      Array.from({ length: 50 }, (_none, index) => api.send(`/api/v1/extensions/acme/x${index}`)),
    );
    expect(others.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    const open = sockets.filter(({ destroyed }) => !destroyed).length;
    expect(open).toBe(IDLE + READERS);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});
