/** Descriptions and changelogs as publishers write them: links keep their targets and words. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectionDocument } from "@/lib/catalog/documents/inspection-document";
import { prepareReleases } from "@/lib/extension/desktop/desktop-release";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { extensionImage } from "@/tests/builders/extension-image";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench.stop());

/** The changelog as pre-flights and the API show it, with its links. */
async function shown(changelog: string) {
  const image = extensionImage({ labels: { "com.docker.extension.changelog": changelog } });
  const { report } = await bench.inspectImage(image);
  const rules = { policy: DEFAULT_POLICY, releases: prepareReleases([]) };
  const html = (await inspectionDocument({ tag: "1.0.0", report }, rules)).changelog ?? "";
  const links = Array.from(
    html.matchAll(/<a href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g),
    ([, href, words = ""]) => ({
      href,
      words: words.replaceAll(/<[^>]*>/g, "").trim(),
    }),
  );
  return { html, links };
}

describe("an HTML link whose words are an address", () => {
  test.each<[string, string[]]>([
    [
      'Fixes. See <a href="https://example.com/releases">https://example.com/releases</a>, <a href="https://example.com/home">www.example.org</a>.',
      ["https://example.com/releases", "https://example.com/home"],
    ],
    [
      '1.2.0: <b>new</b>, <a href="https://example.com/1">http://example.com/1</a>',
      ["https://example.com/1"],
    ],
    ['Mail <a href="mailto:help@example.com">help@example.com</a>', ["mailto:help@example.com"]],
    ["<p>All in HTML: <a href='https://example.com/x'>example.com/x</a></p>", ["https://example.com/x"]],
  ])("%s", async (changelog, hrefs) => {
    const { links } = await shown(changelog);
    expect(links.map(({ href }) => href)).toEqual(hrefs);
    expect(links.filter(({ words }) => words === "")).toEqual([]);
  });
});

test("a link around a picture without a description or a copy has words", async () => {
  const { links } = await shown(
    '<p>Watch it:</p><a href="https://example.com/video"><img src="https://example.com/still.png"></a>',
  );
  expect(links).toEqual([{ href: "https://example.com/video", words: "example.com/video" }]);
});

test("a player, a task list, and words in angle brackets survive", async () => {
  const { html, links } = await shown(
    "Run docker run <image>\n\n- [x] done\n\n<iframe src='https://www.youtube.com/embed/x'></iframe>",
  );
  expect(html).toContain("docker run &#x3C;image>");
  expect(html).toContain("☑ done");
  expect(links).toEqual([
    { href: "https://www.youtube.com/embed/x", words: "Embedded page (www.youtube.com)" },
  ]);
});
