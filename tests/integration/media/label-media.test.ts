import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createGuardedFetch, type GuardedFetch } from "@/lib/egress/guarded-fetch";
import { mediaEgressRules } from "@/lib/egress/media-hosts";
import { readLabels } from "@/lib/extension/labels/labels";
import { drawing } from "@/lib/media/drawing/drawing";
import { type LabelMedia, readLabelMedia } from "@/lib/media/label-media";
import { createMediaPort, type MediaPort } from "@/lib/media/media-port";
import { ICON } from "@/lib/media/picture-shape";
import { EXTENSION_LABELS } from "@/tests/builders/extension-image";
import { type HostileRegistry, startTrap } from "@/tests/support/registries/hostile-registry";
import { type MediaServer, startMediaServer } from "@/tests/support/registries/media-server";

let server: MediaServer;
let trap: HostileRegistry;
let fetch: GuardedFetch;
let port: MediaPort;
let shot: Buffer;

beforeAll(async () => {
  server = await startMediaServer();
  trap = await startTrap();
  fetch = createGuardedFetch({ ...mediaEgressRules(server.host), ca: [server.ca] });
  shot = await picture(1200, 800).png().toBuffer();
});
beforeEach(() => {
  port = createMediaPort({ fetch });
});
afterAll(async () => {
  await fetch?.close();
  await server?.stop();
  await trap?.stop();
  drawing().close();
});

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#369" } });
const svg = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" fill="#f00"/>${body}</svg>`;

type Names = {
  icon?: string;
  screenshots?: { url: string; alt: string }[];
  publisher?: string;
  links?: { title: string; url: string }[];
};

function read(
  { icon, screenshots, publisher, links }: Names,
  through: MediaPort | undefined = port,
): Promise<LabelMedia> {
  const { labels } = readLabels({
    ...(icon === undefined ? {} : { "com.docker.desktop.extension.icon": icon }),
    ...(screenshots && { "com.docker.extension.screenshots": JSON.stringify(screenshots) }),
    ...(publisher === undefined ? {} : { "com.docker.extension.publisher-url": publisher }),
    ...(links && { "com.docker.extension.additional-urls": JSON.stringify(links) }),
  });
  return readLabelMedia(labels, through, new AbortController().signal);
}

const at = (path: string) => `${server.origin}${path}`;
const codes = ({ findings }: LabelMedia) => findings.map(({ code }) => code);
const iconOf = async (path: string, through = port) => {
  const media = await read({ icon: at(path) }, through);
  return { icon: media.report.icon, codes: codes(media), copies: media.media.length };
};

test("icon, screenshots and links that are in order are stored, measured and not remarked upon", async () => {
  server.on("/icon", { headers: { "content-type": "text/plain" }, body: svg("") });
  server.on("/shot.png", { body: shot });
  server.on("/home", { headers: { "content-type": "text/html" }, body: "<p>Home" });
  const media = await read({
    icon: at("/icon"),
    screenshots: [
      { url: at("/shot.png"), alt: "The list" },
      { url: at("/shot.png#2"), alt: "Again" },
    ],
    publisher: at("/home#top"),
    links: [{ title: "Docs", url: at("/home?a=b") }],
  });
  expect(media.findings).toEqual([]);
  const stored = { outcome: "stored", picture: { contentType: "image/webp", width: 1200, height: 800 } };
  expect(media.report).toMatchObject({
    icon: { outcome: "stored", picture: { contentType: "image/png", width: 256, height: 256 } },
    screenshots: [
      { ...stored, alt: "The list" },
      { ...stored, alt: "Again" },
    ],
    links: [
      { title: "Publisher", outcome: "reachable" },
      { title: "Docs", outcome: "reachable" },
    ],
  });
  expect(media.media.map(({ contentType }) => contentType)).toEqual(["image/png", "image/webp"]);
  expect(
    server.requests.every(({ headers }) => !headers.cookie && !headers.authorization && !headers.referer),
  ).toBe(true);
});

describe("what a server says of an address", () => {
  test.each([
    [404, "dead", ["media_unreachable"]],
    [410, "dead", ["media_unreachable"]],
    [403, "dead", ["media_unreachable"]],
    [204, "dead", ["media_unreachable"]],
    [429, "not_checked", ["media_not_checked"]],
    [500, "not_checked", ["media_not_checked"]],
    [503, "not_checked", ["media_not_checked"]],
  ])("%i for a picture: %s", async (status, outcome, found) => {
    server.on("/status", { status });
    expect(await iconOf("/status?token=secret")).toMatchObject({
      icon: { outcome },
      codes: found,
      copies: 0,
    });
  });

  test.each([
    [404, "dead", ["link_dead"]],
    [410, "dead", ["link_dead"]],
    [403, "not_checked", ["links_not_checked"]],
    [429, "not_checked", ["links_not_checked"]],
    [502, "not_checked", ["links_not_checked"]],
  ])("%i for a page: %s", async (status, outcome, found) => {
    server.on("/page", { status });
    const media = await read({ publisher: at("/page") });
    expect({ outcome: media.report.links[0]?.outcome, codes: codes(media) }).toEqual({
      outcome,
      codes: found,
    });
  });

  test("no message repeats path or query", async () => {
    server.on("/secret-path", { status: 404 });
    const { findings } = await read({
      icon: at("/secret-path?token=secret"),
      publisher: at("/secret-path?token=x"),
    });
    expect(findings).toHaveLength(2);
    expect(JSON.stringify(findings)).not.toContain("secret");
  });
});

describe("what is no picture that can be shown", () => {
  test.each([
    [
      "a web page with a picture's type",
      { headers: { "content-type": "image/png" }, body: "<!doctype html><p>Sign in" },
      /web page/,
    ],
    ["a favicon", { body: Buffer.from("00000100010010100000", "hex") }, /ICO/],
    ["nothing", { body: "" }, /empty/],
    ["a program", { body: Buffer.from("7f454c46", "hex") }, /not an SVG/],
    ["an SVG with a script", { body: svg("<script>alert(1)</script>") }, /script/],
    [
      "an SVG with foreign content",
      { body: svg("<foreignObject><p>x</p></foreignObject>") },
      /foreignObject/,
    ],
    ["an SVG that refers outside", { body: svg('<image href="https://evil.example/x"/>') }, /other files/],
    ["a PNG of 30,000 × 30,000 pixels", { body: pngHeader(30_000, 30_000) }, /pixel limit/],
    ["a cut PNG", { body: pngHeader(64, 64) }, /./],
    ["a file of more than the limit", { body: randomBytes(1024 * 1024 + 1) }, /more than 1048576 bytes/],
  ])("%s", async (_what, answer, why) => {
    server.on("/bad", answer);
    expect(await iconOf("/bad")).toEqual({
      icon: { url: at("/bad"), alt: "", outcome: "unusable", why: expect.stringMatching(why) },
      codes: ["media_unusable"],
      copies: 0,
    });
  });

  test("50 MB without an end announced are not received", async () => {
    let sent = 0;
    server.on("/endless", (_request, response) => {
      const chunk = Buffer.alloc(256 * 1024);
      const more = () => {
        if (response.destroyed || sent > 50 * 1024 * 1024) return response.end();
        sent += chunk.length;
        response.write(chunk, more);
      };
      more();
    });
    expect(await iconOf("/endless")).toMatchObject({
      icon: { outcome: "unusable" },
      codes: ["media_unusable"],
    });
    expect(sent).toBeLessThan(25 * 1024 * 1024);
  });

  test("an animation of 10,000 frames gives its first frame, and a remark", async () => {
    const frames = await Promise.all(
      ["#f00", "#00f"].map((background) =>
        sharp({ create: { width: 64, height: 64, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const two = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    server.on("/animated.gif", { body: repeatLastFrame(two, 10_000) });
    const { icon, codes: found } = await iconOf("/animated.gif");
    expect(icon).toMatchObject({ outcome: "stored", picture: { width: 64, height: 64 } });
    expect(found).toEqual(["media_animated"]);
  });

  test("small pictures are remarked upon", async () => {
    server.on("/small.png", { body: await picture(32, 32).png().toBuffer() });
    const media = await read({ icon: at("/small.png"), screenshots: [{ url: at("/small.png"), alt: "x" }] });
    expect(codes(media)).toEqual(["media_small", "media_small"]);
    expect(media.findings.map(({ severity }) => severity)).toEqual(["info", "info"]);
  });
});

describe("where redirects lead", () => {
  const hop = (location: string) => ({ status: 302, headers: { location } });

  test("three of them are followed, a fourth is not", async () => {
    server.on("/r0", { body: shot });
    for (const n of [1, 2, 3, 4]) server.on(`/r${n}`, hop(`/r${n - 1}`));
    expect(await iconOf("/r3")).toMatchObject({ icon: { outcome: "stored" } });
    expect(await iconOf("/r4")).toMatchObject({ icon: { outcome: "dead" }, codes: ["media_unreachable"] });
  });

  test("a circle ends", async () => {
    server.on("/circle", hop("/circle"));
    expect(await iconOf("/circle")).toMatchObject({ icon: { outcome: "dead" } });
  });

  test("nowhere", async () => {
    server.on("/nowhere", { status: 302 });
    server.on("/broken", hop("https://["));
    expect(await iconOf("/nowhere")).toMatchObject({ codes: ["media_unreachable"] });
    expect(await iconOf("/broken")).toMatchObject({ codes: ["media_unreachable"] });
  });

  test("not to plain http, other schemes, credentials or the inside of a network", async () => {
    const { port: trapPort } = new URL(trap.url);
    for (const target of [
      trap.url,
      `https://127.0.0.1:${trapPort}/`,
      `https://[::ffff:127.0.0.1]:${trapPort}/`,
      `https://2130706433:${trapPort}/`,
      `https://localhost:${trapPort}/`,
      "https://169.254.169.254/latest/meta-data/",
      "https://10.0.0.1/",
      "file:///etc/passwd",
      "data:image/png;base64,AAAA",
      `https://user:password@${server.host}/r0`,
    ]) {
      server.on("/away", hop(target));
      const { icon, codes: found } = await iconOf("/away");
      expect({ target, outcome: icon?.outcome, found }).toEqual({
        target,
        outcome: "unusable",
        found: ["media_unusable"],
      });
      expect(JSON.stringify(icon)).not.toMatch(/169\.254|10\.0\.0\.1/);
    }
    expect(trap.connections()).toBe(0);
  });
});

describe("what a label itself may name", () => {
  test("a private address that is not configured", async () => {
    const media = await read({ icon: "https://127.0.0.1:1/icon.png", publisher: "https://10.0.0.1/" });
    expect(codes(media)).toEqual(["media_unusable", "links_not_checked"]);
  });

  test("plain http is not fetched, and its finding is the label's", async () => {
    const media = await read({ icon: `http://${server.host}/icon`, publisher: `http://${server.host}/home` });
    expect(media.report.icon).toMatchObject({ outcome: "unusable", why: "only https URLs are fetched" });
    expect(codes(media)).toEqual(["links_not_checked"]);
  });
});

describe("a missing answer blames no one", () => {
  test("unresolvable names, closed ports, untrusted certificates", async () => {
    const stranger = createGuardedFetch(mediaEgressRules(`${server.host}, 127.0.0.1:1`));
    const elsewhere = createMediaPort({ fetch: stranger });
    const media = await read(
      {
        icon: "https://gantry-tests.invalid/icon.svg",
        screenshots: [
          { url: "https://127.0.0.1:1/a.png", alt: "a" },
          { url: at("/shot.png"), alt: "b" },
        ],
        publisher: "https://gantry-tests.invalid/",
      },
      elsewhere,
    );
    await stranger.close();
    expect(codes(media)).toEqual([
      "media_not_checked",
      "media_not_checked",
      "media_not_checked",
      "links_not_checked",
    ]);
    expect(
      media.findings.every(({ severity, outcome }) => severity === "info" && outcome === "not_checked"),
    ).toBe(true);
  });

  test("a server that never answers, and one that stops in the middle", async () => {
    server.on("/silent", () => undefined);
    server.on("/stops", (_request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(shot.subarray(0, 100));
    });
    const limits = { headersTimeoutMs: 300, idleTimeoutMs: 300 };
    const impatient = createGuardedFetch({ ...mediaEgressRules(server.host), ca: [server.ca], limits });
    const through = createMediaPort({ fetch: impatient });
    const unanswered = { icon: { outcome: "not_checked" }, codes: ["media_not_checked"] };
    expect(await iconOf("/silent", through)).toMatchObject(unanswered);
    expect(await iconOf("/stops", through)).toMatchObject(unanswered);
    await impatient.close();
  });

  test("an answer that is encoded, or whose headers never end", async () => {
    server.on("/gzip", { headers: { "content-encoding": "gzip" }, body: shot });
    server.on("/headers", {
      headers: { "x-long": "a".repeat(15_000), "x-longer": "b".repeat(18_000) },
      body: shot,
    });
    expect(await iconOf("/gzip")).toMatchObject({ codes: ["media_not_checked"] });
    expect(await iconOf("/headers")).toMatchObject({ codes: ["media_not_checked"] });
  });

  test("without a way to the outside", async () => {
    const { labels } = readLabels(EXTENSION_LABELS);
    const media = await readLabelMedia(labels, undefined, new AbortController().signal);
    expect(media.report.screenshots.map(({ outcome }) => outcome)).toEqual(["not_checked", "not_checked"]);
    expect(codes(media)).toEqual(["media_not_checked", "media_not_checked", "links_not_checked"]);
  });

  test("one server that trickles holds up no other picture", async () => {
    let stop = () => {};
    server.on("/trickle", (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 100);
      stop = () => clearInterval(timer);
    });
    const ended = new AbortController();
    const slow = port.picture(at("/trickle"), ICON, ended.signal).catch((error: unknown) => error);
    expect(await iconOf("/shot.png")).toMatchObject({ icon: { outcome: "stored" } });
    ended.abort(new Error("enough"));
    expect(await slow).toMatchObject({ message: "enough" });
    stop();
  });
});

test("good outcomes are cached for the next version, bad ones are requested again", async () => {
  server.on("/once.png", { body: shot });
  server.on("/gone.png", { status: 404 });
  server.requests.length = 0;
  for (const _version of [1, 2, 3])
    await read({ icon: at("/once.png"), screenshots: [{ url: at("/gone.png"), alt: "x" }] });
  expect(server.requests.filter(({ url }) => url === "/once.png")).toHaveLength(1);
  expect(server.requests.filter(({ url }) => url === "/gone.png")).toHaveLength(3);
});

/** A PNG that promises these pixels and holds none. */
function pngHeader(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(16))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The same GIF with its last frame (control block and picture) so many times more. */
function repeatLastFrame(gif: Buffer, times: number): Buffer {
  const start = gif.lastIndexOf(Buffer.from("21f904", "hex"));
  const frame = gif.subarray(start, gif.length - 1);
  return Buffer.concat([
    gif.subarray(0, start),
    ...Array.from({ length: times }, () => frame),
    Buffer.from([0x3b]),
  ]);
}
