import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OwnRegistry, startRegistry } from "@/scripts/demo/registry/registry";
import { unpackTemplate } from "@/tests/support/databases/pglite-template";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import { type MediaServer, startMediaServer } from "@/tests/support/registries/media-server";
import { pushExtension } from "@/tests/support/registries/push";
import { type Call, type ServerProcess, serverProcess, until } from "@/tests/support/servers/server-process";

/** Whole processes, which read these settings from their real environment, as they do for an operator. */
type Running = { server: ServerProcess; stop(): Promise<void> };

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#f00"/></svg>';

let registry: OwnRegistry;
let media: MediaServer;
let name: string;
let shot: Buffer;

beforeAll(async () => {
  [registry, media] = await Promise.all([startRegistry(), startMediaServer()]);
  shot = await sharp({ create: { width: 1200, height: 800, channels: 3, background: "#369" } })
    .png()
    .withExif({ IFD0: { Copyright: "taken at home" } })
    .toBuffer();
  media.on("/icon.svg", { headers: { "content-type": "image/svg+xml" }, body: ICON });
  media.on("/list.png", { headers: { "content-type": "image/png" }, body: shot });
  media.on("/home", { headers: { "content-type": "text/html" }, body: "<p>Home" });
  await pushExtension(registry, "acme/pictures", "1.0.0", {
    labels: {
      "com.docker.desktop.extension.icon": `${media.origin}/icon.svg`,
      "com.docker.extension.screenshots": JSON.stringify([
        { alt: "The list", url: `${media.origin}/list.png` },
        { alt: "Gone", url: `${media.origin}/gone.png` },
      ]),
      "com.docker.extension.publisher-url": `${media.origin}/home`,
      "com.docker.extension.additional-urls": JSON.stringify([
        { title: "Manual", url: `${media.origin}/manual` },
      ]),
    },
  });
  name = `${registry.host}/acme/pictures`;
});

afterAll(async () => {
  await registry?.stop();
  await media?.stop();
});

async function running(settings: Record<string, string>): Promise<Running> {
  const folder = temporaryFolder("media-over-tls");
  await unpackTemplate(path.join(folder.path, "postgres"));
  const server = await serverProcess({
    GANTRY_DATA_DIR: folder.path,
    GANTRY_REGISTRIES: registry.registries,
    GANTRY_MEDIA_HOSTS: media.host,
    ...settings,
  });
  await server.start();
  return {
    server,
    async stop() {
      await server.kill();
      folder.remove();
    },
  };
}

type Found = { code: string; evidence: Record<string, unknown> };

const ofMedia = (findings: Found[]) => findings.filter(({ code }) => /^(media|links?)_/.test(code));

describe("with the certificate of the media server named in NODE_EXTRA_CA_CERTS", () => {
  let whole: Running;
  let admin: Call;
  let id: string;

  beforeAll(async () => {
    whole = await running({ NODE_EXTRA_CA_CERTS: media.caPath });
    admin = whole.server.call(await whole.server.setUp());
    const submitted = await admin("POST", "/api/v1/submissions", { repository: name });
    expect(submitted.status).toBe(202);
    id = submitted.body.id;
    await until(
      async () => (await admin("GET", `/api/v1/submissions/${id}`)).body.state === "in_review",
      "the submission is in review",
    );
  });
  afterAll(() => whole?.stop());

  test("what is there is stored, what is gone is a finding", async () => {
    const { report } = (await admin("GET", `/api/v1/submissions/${id}/report`)).body;
    expect(report.media).toMatchObject({
      icon: { outcome: "stored", picture: { contentType: "image/png" } },
      screenshots: [
        { alt: "The list", outcome: "stored", picture: { contentType: "image/webp", width: 1200 } },
        { alt: "Gone", outcome: "dead", why: expect.stringContaining("404") },
      ],
      links: [
        { title: "Publisher", outcome: "reachable" },
        { title: "Manual", outcome: "dead" },
      ],
    });
    const found: Found[] = (await admin("GET", `/api/v1/submissions/${id}`)).body.findings;
    expect(ofMedia(found)).toMatchObject([
      { code: "media_unreachable", evidence: { what: "screenshot 2", host: media.host } },
      { code: "link_dead", evidence: { title: "Manual", host: media.host } },
    ]);
  });

  test("the server of the pictures is told nothing about who asks", () => {
    expect(media.requests.length).toBeGreaterThan(0);
    for (const { headers } of media.requests) {
      expect([headers.cookie, headers.authorization, headers.referer]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  test("a listed picture is our own drawing of it, at our own address, and a browser can only look at it", async () => {
    const { candidate } = (await admin("GET", `/api/v1/submissions/${id}`)).body;
    const decided = await admin("POST", `/api/v1/submissions/${id}/decision`, {
      decision: "approve",
      expectedDigest: candidate.digest,
    });
    expect(decided.status).toBe(200);
    const anonymous = whole.server.call();
    const page = `/api/v1/extensions/${encodeURIComponent(registry.host)}/acme/pictures`;
    await until(async () => (await anonymous("GET", page)).status === 200, "the extension is in the catalog");
    const { icon, screenshots } = (await anonymous("GET", page)).body;
    expect(screenshots).toMatchObject([{ alt: "The list", width: 1200, height: 800 }]);
    const pictures = [
      { url: icon, format: "png", width: 256 },
      { url: screenshots[0].url, format: "webp", width: 1200 },
    ];
    for (const { url, format, width } of pictures) {
      const address = new URL(url, whole.server.url);
      expect(address.origin).toBe(whole.server.url);
      const answer = await fetch(address);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "content-type": `image/${format}`,
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "content-disposition": "inline",
        "cache-control": expect.stringContaining("immutable"),
        etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(await sharp(bytes).metadata()).toMatchObject({ format, width });
      expect(bytes.includes("taken at home")).toBe(false);
      const again = await fetch(address, { headers: { "if-none-match": answer.headers.get("etag") ?? "" } });
      expect(again.status).toBe(304);
    }
    expect(shot.includes("taken at home")).toBe(true);
  });
});

test("without it the certificate is refused, nothing is sent, and the findings say why", async () => {
  const whole = await running({ NODE_EXTRA_CA_CERTS: "" });
  try {
    const before = media.requests.length;
    const { body } = await whole.server.call()("POST", "/api/v1/inspections", { reference: `${name}:1.0.0` });
    expect(body.outcome).toBe("pass");
    const found: Found[] = body.findings;
    expect(new Set(ofMedia(found).map(({ code }) => code))).toEqual(
      new Set(["media_not_checked", "links_not_checked"]),
    );
    for (const { evidence } of ofMedia(found)) {
      expect(evidence).toMatchObject({ host: media.host, why: expect.stringMatching(/certificate/i) });
    }
    expect(media.requests).toHaveLength(before);
  } finally {
    await whole.stop();
  }
});
