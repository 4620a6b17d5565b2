import fc from "fast-check";
import { expect, test } from "vitest";
import { atomXml } from "@/lib/catalog/feeds/atom";
import { extensionFeed, instanceFeed } from "@/lib/catalog/feeds/release-feed";
import { robotsText, sitemapXml } from "@/lib/catalog/feeds/sitemap";
import { buildSnapshot } from "@/lib/catalog/snapshot";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { readXml } from "@/tests/unit/catalog/feeds/read-xml";

const ORIGIN = "https://gantry.example";
const NOW = new Date("2026-11-20T12:00:00Z");
const HOSTILE = `"><script>alert(1)</script> ]]> <!-- & ' \u0000\u0008\u000b\u001f\ufffe \ud800 &lt; <?xml?>`;

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();

function snapshotOf(...extensions: ReturnType<typeof extensionRecord>[]) {
  return buildSnapshot(catalogRecords(extensions), NOW);
}

const hostile = extensionRecord("docker.io/acme/hostile", {
  versions: [
    versionRecord("1.0.0", {
      report: { labels: { title: HOSTILE, vendor: HOSTILE, description: HOSTILE, changelog: HOSTILE } },
    }),
  ],
});

test("whatever publishers write, a feed is well-formed and holds it as text", () => {
  const snapshot = snapshotOf(hostile);
  const view = snapshot.find("acme/hostile");
  for (const feed of view ? [instanceFeed(snapshot, ORIGIN), extensionFeed(view, ORIGIN)] : []) {
    const root = readXml(atomXml(feed));
    expect(root.name).toBe("feed");
    const entry = root.children.find(({ name }) => name === "entry");
    expect(entry?.children.map(({ name }) => name)).toEqual([
      "id",
      "title",
      "updated",
      "link",
      "author",
      "category",
      "summary",
      "content",
    ]);
    const title = entry?.children.find(({ name }) => name === "title")?.text;
    expect(title).toContain("\"><script>alert(1)</script> ]]> <!-- & '");
    const content = entry?.children.find(({ name }) => name === "content");
    expect(content?.attributes.type).toBe("html");
    expect(content?.text).not.toMatch(/<script|<!--|<\?/i);
  }
});

test("any text at all makes a well-formed feed", () => {
  const text = fc.string({ unit: "binary", maxLength: 60 });
  fc.assert(
    fc.property(text, text, (title, html) => {
      const entry = {
        id: "urn:x:1",
        title,
        page: title,
        updated: at(0),
        author: title,
        categories: [title],
        summary: title,
        html,
      };
      readXml(atomXml({ id: "urn:x", title, self: title, page: title, updated: at(0), entries: [entry] }));
    }),
    { numRuns: 60 },
  );
});

test("pictures in a changelog are told with this instance's address", () => {
  const url = "https://acme.example/shot.png";
  const version = versionRecord("1.0.0", {
    report: {
      labels: { changelog: `<p>New:<img src="${url}" alt="New"></p>`, screenshots: [{ url, alt: "New" }] },
    },
  });
  const { entries } = instanceFeed(
    snapshotOf(extensionRecord("docker.io/acme/x", { versions: [version] })),
    ORIGIN,
  );
  expect(entries[0]?.html).toMatch(/<img src="https:\/\/gantry\.example\/api\/v1\/media\/[0-9a-f]{64}"/);
});

test("the feed of the instance holds the fifty versions listed last, newest first", () => {
  const extensions = Array.from({ length: 70 }, (_none, index) =>
    extensionRecord(`docker.io/acme/e${index}`, {
      versions: [
        versionRecord("1.0.0", { listedAt: at(index) }),
        versionRecord("1.1.0", { listedAt: at(1_000 - index) }),
      ],
    }),
  );
  const all = extensions.flatMap(({ versions }) => versions.map(({ listedAt }) => listedAt ?? ""));
  const { entries, updated } = instanceFeed(snapshotOf(...extensions), ORIGIN);
  expect(entries.map((entry) => entry.updated)).toEqual(all.sort().reverse().slice(0, 50));
  expect(updated).toBe(entries[0]?.updated);
});

test("an entry keeps its id when its title changes, and has another for other content", () => {
  const idOf = (version: ReturnType<typeof versionRecord>) =>
    instanceFeed(snapshotOf(extensionRecord("docker.io/acme/x", { versions: [version] })), ORIGIN).entries[0]
      ?.id;
  const first = versionRecord("1.0.0");
  expect(idOf(first)).toMatch(/^urn:gantry:version:docker\.io\/acme\/x:1\.0\.0@sha256:[0-9a-f]{64}$/);
  expect(idOf(versionRecord("1.0.0", { listedAt: at(9) }))).toBe(idOf(first));
  expect(idOf(versionRecord("1.0.0", { digest: "sha256:other" }))).not.toBe(idOf(first));
});

test("versions that are withdrawn, and extensions that are not in force, are in no feed", () => {
  const snapshot = snapshotOf(
    extensionRecord("docker.io/acme/yanked", {
      versions: [versionRecord("1.0.0", { visibility: "yanked" })],
    }),
    extensionRecord("docker.io/acme/suspended", { entry: { state: "suspended" } }),
  );
  expect(instanceFeed(snapshot, ORIGIN)).toMatchObject({ entries: [], updated: "1970-01-01T00:00:00Z" });
  const view = snapshot.find("acme/suspended");
  expect(view && extensionFeed(view, ORIGIN).entries).toEqual([]);
});

test("a sitemap names every listed extension once, and is cut in parts where it is too long", () => {
  const names = Array.from({ length: 8 }, (_none, index) => `docker.io/acme/e${index}`);
  const snapshot = snapshotOf(
    ...names.map((name) => extensionRecord(name)),
    extensionRecord("docker.io/acme/off", { entry: { state: "revoked" } }),
  );
  const whole = readXml(sitemapXml(snapshot, ORIGIN, undefined) ?? "");
  expect([whole.name, whole.children.length]).toEqual(["urlset", 11]);
  const list = readXml(sitemapXml(snapshot, ORIGIN, undefined, 5) ?? "");
  expect(list.name).toBe("sitemapindex");
  const parts = [1, 2, 3].flatMap((part) => readXml(sitemapXml(snapshot, ORIGIN, part, 5) ?? "").children);
  expect(list.children).toHaveLength(3);
  expect(parts.map(({ children }) => children[0]?.text)).toEqual(
    whole.children.map(({ children }) => children[0]?.text),
  );
  expect(sitemapXml(snapshot, ORIGIN, 4, 5)).toBeUndefined();
});

test("crawlers are kept out of what belongs to people who are signed in", () => {
  const text = robotsText(ORIGIN);
  for (const path of ["/admin", "/publish", "/account"]) expect(text).toContain(`\nDisallow: ${path}\n`);
  expect(text).toContain("\nSitemap: https://gantry.example/sitemap.xml\n");
});
