import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import path from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { createDrawing } from "@/lib/media/drawing/drawing";
import { DRAWING_UID } from "@/lib/media/drawing/drawing-user";
import { ICON } from "@/lib/media/picture-shape";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import { openSockets } from "@/tests/support/processes/open-sockets";
import type { Probed } from "@/tests/support/programs/probing-drawing";

const drawing = createDrawing({ processes: 1, limits: { pictureMs: 1_500, startMs: 60_000 } });
afterAll(() => drawing.close());

const png = () =>
  sharp({ create: { width: 20, height: 20, channels: 3, background: "#00f" } })
    .png()
    .toBuffer();

/** Within every limit of size, and hours of work. */
const ENDLESS = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><filter id="f">${'<feMorphology radius="1000"/>'.repeat(50)}</filter>${'<rect width="24" height="24" filter="url(#f)"/>'.repeat(10_000)}</svg>`,
);

test("a picture is drawn in another process as it would be here", async () => {
  const drawn = await drawing.draw(await png(), ICON);
  expect(drawn).toMatchObject({ kind: "drawn", width: 20, height: 20 });
  expect(drawn.kind === "drawn" && (await sharp(drawn.media.bytes).metadata()).format).toBe("png");
});

test("an image that takes too long is stopped, and the next one is rendered", async () => {
  const [endless, next] = await Promise.all([
    drawing.draw(ENDLESS, ICON),
    png().then((bytes) => drawing.draw(bytes, ICON)),
  ]);
  expect(endless).toEqual({ kind: "not_checked", why: "drawing it took too long" });
  expect(next).toMatchObject({ kind: "drawn" });
});

test("a picture that ends the process is the outcome of this picture only", async () => {
  const program = new URL("../../support/programs/crashing-drawing.ts", import.meta.url);
  const crashing = createDrawing({ program });
  expect(await crashing.draw(await png(), ICON)).toEqual({
    kind: "not_checked",
    why: "it crashed the image library",
  });
  expect(await drawing.draw(await png(), ICON)).toMatchObject({ kind: "drawn" });
});

test("the process that draws has nothing of ours: no secret file, no handle, no setting, no folder of its own", async () => {
  const { path: dataDir } = temporaryFolder("drawing-secrets");
  const secret = path.join(dataDir, "auth-secret");
  writeFileSync(secret, "sealed", { mode: 0o600 });
  const server = await listening();
  const probe = createDrawing({
    program: new URL("../../support/programs/probing-drawing.ts", import.meta.url),
  });
  const drawn = await probe.draw(Buffer.from(secret), ICON);
  probe.close();
  const seen: Probed = JSON.parse(drawn.kind === "unusable" ? drawn.why : "{}");
  const isRoot = process.getuid?.() === 0;
  expect(seen).toMatchObject({ files: [], writable: false });
  const ours = new Set(openSockets());
  expect(seen.sockets.filter((socket) => ours.has(socket))).toEqual([]);
  server.close();
  expect(seen.environment.sort()).toEqual([
    "MALLOC_ARENA_MAX",
    "NODE_ENV",
    "TSX_TSCONFIG_PATH",
    "UV_THREADPOOL_SIZE",
    "VIPS_CONCURRENCY",
  ]);
  // Only root can start it as another user; docs/threat-model.md says what bounds it elsewhere.
  expect(seen.user).toBe(isRoot ? DRAWING_UID : process.getuid?.());
  expect(seen.secret).toBe(isRoot ? "EACCES" : "sealed");
});

/** A socket that would be inherited if handles were. */
async function listening(): Promise<Server> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
