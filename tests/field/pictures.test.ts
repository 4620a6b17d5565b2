/** Icons and screenshots as publishers have them, from a server over TLS. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGuardedFetch, type GuardedFetch } from "@/lib/egress/guarded-fetch";
import { mediaEgressRules } from "@/lib/egress/media-hosts";
import { drawing } from "@/lib/media/drawing/drawing";
import { createMediaPort } from "@/lib/media/media-port";
import { extensionImage } from "@/tests/builders/extension-image";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";
import {
  type MediaAnswer,
  type MediaServer,
  startMediaServer,
} from "@/tests/support/registries/media-server";

let bench: InspectionBench;
let server: MediaServer;
let fetch: GuardedFetch;

beforeAll(async () => {
  bench = await startInspectionBench();
  server = await startMediaServer();
  fetch = createGuardedFetch({ ...mediaEgressRules(server.host), ca: [server.ca] });
});
afterAll(async () => {
  await bench?.stop();
  await fetch?.close();
  await server?.stop();
  drawing().close();
});

/** What an inspection says of a screenshot with this answer. */
async function screenshot(path: string, answer: MediaAnswer) {
  server.on(path, answer);
  const url = `${server.origin}${path}`;
  const image = extensionImage({
    labels: {
      "com.docker.desktop.extension.icon": null,
      "com.docker.extension.publisher-url": null,
      "com.docker.extension.additional-urls": null,
      "com.docker.extension.screenshots": JSON.stringify([{ alt: "Overview", url }]),
    },
  });
  const { report } = await bench.inspectImage(image, { media: createMediaPort({ fetch }) });
  const findings = report.findings.filter(({ code }) => code.startsWith("media_"));
  return { outcome: report.media.screenshots[0]?.outcome, findings };
}

const svg = (attributes: string, body = "<rect width='460' height='345' fill='#369'/>") =>
  `<svg xmlns='http://www.w3.org/2000/svg' ${attributes}>${body}</svg>`;

test.each([
  ["points", "width='460.8pt' height='345.6pt' viewBox='0 0 460.8 345.6'"],
  ["millimeters", "width='160mm' height='120mm' viewBox='0 0 460.8 345.6'"],
  ["inches", "width='6.4in' height='4.8in' viewBox='0 0 460.8 345.6'"],
  ["percent", "width='100%' height='100%' viewBox='0 0 460.8 345.6'"],
  ["only a view box", "viewBox='0 0 460.8 345.6'"],
  ["a claim of 50,000 pixels", "width='50000' height='40000' viewBox='0 0 50000 40000'"],
])("an SVG whose size is in %s is stored", async (_unit, attributes) => {
  expect(await screenshot("/shot.svg", { body: svg(attributes) })).toEqual({
    outcome: "stored",
    findings: [],
  });
});

describe("an image that cannot be shown gets a fix for its own reason", () => {
  const html = { headers: { "content-type": "text/html" }, body: "<!doctype html><p>A page" };
  test.each<[string, string, MediaAnswer, string, RegExp]>([
    [
      "a favicon",
      "/favicon.ico",
      { body: Buffer.from("00000100010010100000", "hex") },
      "media_unusable",
      /magick/,
    ],
    ["a web page", "/page", html, "media_unusable", /the image itself/],
    ["GitLab's page about a file", "/acme/lens/-/blob/main/shot.png", html, "media_unusable", /\/-\/raw\//],
    [
      "foreign content",
      "/a.svg",
      { body: svg("", "<foreignObject/>") },
      "media_unusable",
      /without foreignObject/,
    ],
    [
      "another file",
      "/b.svg",
      { body: svg("", "<image href='b.png'/>") },
      "media_unusable",
      /Embed the files/,
    ],
    [
      "a Git LFS pointer",
      "/c.png",
      { body: "version https://git-lfs.github.com/spec/v1\n" },
      "media_unusable",
      /media\.githubusercontent\.com/,
    ],
    ["nothing", "/d.png", { body: "" }, "media_unusable", /Upload the file again/],
    ["a missing file", "/e.png", { status: 404 }, "media_unreachable", /upper and lower case/],
    ["a private file", "/f.png", { status: 403 }, "media_unreachable", /public/],
    [
      "more bytes than the limit",
      "/g.png",
      { body: Buffer.alloc(10 * 1024 * 1024 + 1) },
      "media_unusable",
      /smaller/,
    ],
  ])("%s", async (_what, path, answer, code, fix) => {
    const { findings } = await screenshot(path, answer);
    expect(findings).toMatchObject([{ code, suggestion: expect.stringMatching(fix) }]);
  });

  test("a redirect to a page for signing in", async () => {
    server.on("/users/sign_in", html);
    const { findings } = await screenshot("/private.png", {
      status: 302,
      headers: { location: "/users/sign_in" },
    });
    expect(findings).toMatchObject([
      { code: "media_unusable", suggestion: expect.stringMatching(/without signing in/) },
    ]);
  });
});
