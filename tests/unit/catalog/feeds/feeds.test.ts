import { expect, test } from "vitest";
import { atomXml } from "@/lib/catalog/feeds/atom";
import { extensionFeed, instanceFeed } from "@/lib/catalog/feeds/release-feed";
import { robotsText, SITEMAP_ADDRESSES_MAX, sitemapXml } from "@/lib/catalog/feeds/sitemap";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import fc from "@/tests/builders/fast-check";
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

test("whatever publishers write, a feed is well-formed and holds it as text", async () => {
  const snapshot = snapshotOf(hostile);
  const view = snapshot.find("acme/hostile");
  for (const feed of view ? [await instanceFeed(snapshot, ORIGIN), await extensionFeed(view, ORIGIN)] : []) {
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

test("images in a changelog have this instance's address", async () => {
  const url = "https://acme.example/shot.png";
  const version = versionRecord("1.0.0", {
    report: {
      labels: { changelog: `<p>New:<img src="${url}" alt="New"></p>`, screenshots: [{ url, alt: "New" }] },
    },
  });
  const { entries } = await instanceFeed(
    snapshotOf(extensionRecord("docker.io/acme/x", { versions: [version] })),
    ORIGIN,
  );
  expect(entries[0]?.html).toMatch(/<img src="https:\/\/gantry\.example\/api\/v1\/media\/[0-9a-f]{64}"/);
});

test("the feed of the instance holds the fifty versions listed last, newest first", async () => {
  const extensions = Array.from({ length: 70 }, (_none, index) =>
    extensionRecord(`docker.io/acme/e${index}`, {
      versions: [
        versionRecord("1.0.0", { listedAt: at(index) }),
        versionRecord("1.1.0", { listedAt: at(1_000 - index) }),
      ],
    }),
  );
  const all = extensions.flatMap(({ versions }) => versions.map(({ listedAt }) => listedAt ?? ""));
  const { entries, updated } = await instanceFeed(snapshotOf(...extensions), ORIGIN);
  expect(entries.map((entry) => entry.updated)).toEqual(all.sort().reverse().slice(0, 50));
  expect(updated).toBe(entries[0]?.updated);
});

test("an entry keeps its id when its title changes, and has another for other content", async () => {
  const idOf = async (version: ReturnType<typeof versionRecord>) => {
    const snapshot = snapshotOf(extensionRecord("docker.io/acme/x", { versions: [version] }));
    return (await instanceFeed(snapshot, ORIGIN)).entries[0]?.id;
  };
  const first = versionRecord("1.0.0");
  expect(await idOf(first)).toMatch(/^urn:gantry:version:docker\.io\/acme\/x:1\.0\.0@sha256:[0-9a-f]{64}$/);
  expect(await idOf(versionRecord("1.0.0", { listedAt: at(9) }))).toBe(await idOf(first));
  expect(await idOf(versionRecord("1.0.0", { digest: "sha256:other" }))).not.toBe(await idOf(first));
});

test("versions that are withdrawn, and extensions that are not in force, are in no feed", async () => {
  const snapshot = snapshotOf(
    extensionRecord("docker.io/acme/yanked", {
      versions: [versionRecord("1.0.0", { visibility: "yanked" })],
    }),
    extensionRecord("docker.io/acme/suspended", { entry: { state: "suspended" } }),
  );
  expect(await instanceFeed(snapshot, ORIGIN)).toMatchObject({
    entries: [],
    updated: "1970-01-01T00:00:00Z",
  });
  const view = snapshot.find("acme/suspended");
  expect(view && (await extensionFeed(view, ORIGIN)).entries).toEqual([]);
});

async function sitemap(snapshot: Snapshot, part?: number, addressesMax?: number) {
  const pieces = await sitemapXml(snapshot, ORIGIN, part, addressesMax);
  return pieces && readXml(pieces.join(""));
}

function places(root: Awaited<ReturnType<typeof sitemap>>): (string | undefined)[] {
  return (root?.children ?? []).map(({ children }) => children[0]?.text);
}

test("a sitemap names every listed extension and every version that may be installed, once", async () => {
  const snapshot = snapshotOf(
    extensionRecord("docker.io/acme/a", {
      versions: [
        versionRecord("1.0.0", { listedAt: at(1) }),
        versionRecord("1.1.0", { listedAt: at(2) }),
        versionRecord("1.2.0", { visibility: "yanked" }),
      ],
    }),
    extensionRecord("docker.io/acme/off", { entry: { state: "revoked" } }),
  );
  const root = await sitemap(snapshot);
  expect(root?.name).toBe("urlset");
  expect(places(root)).toEqual(
    [
      ...["/", "/allow-list", "/docs/api", "/extensions/acme/a"],
      ...["/extensions/acme/a/-/versions/1.1.0", "/extensions/acme/a/-/versions/1.0.0"],
    ].map((path) => `${ORIGIN}${path}`),
  );
  expect(root?.children.map(({ children }) => children[1]?.text)).toEqual([
    ...[undefined, undefined, undefined],
    ...[at(2), at(2), at(1)],
  ]);
});

test("a sitemap that is too long is a list of parts, which together are the whole", async () => {
  const snapshot = snapshotOf(
    ...Array.from({ length: 8 }, (_none, index) =>
      extensionRecord(`docker.io/acme/e${index}`, {
        versions: Array.from({ length: index }, (_void, minor) => versionRecord(`1.${minor}.0`)),
      }),
    ),
  );
  const whole = places(await sitemap(snapshot));
  for (const addressesMax of [1, 2, 5, 7, whole.length - 1]) {
    const list = await sitemap(snapshot, undefined, addressesMax);
    expect(list?.name).toBe("sitemapindex");
    const parts = [];
    for (const [index] of places(list).entries()) {
      const part = places(await sitemap(snapshot, index + 1, addressesMax));
      expect(part.length).toBeLessThanOrEqual(addressesMax);
      parts.push(...part);
    }
    expect(parts).toEqual(whole);
    expect(await sitemap(snapshot, places(list).length + 1, addressesMax)).toBeUndefined();
  }
});

test("a part of nothing but the longest names keeps within what the protocol allows", async () => {
  const tags = Array.from({ length: 100 }, (_none, index) => `1.0.0-${String(index).padStart(122, "a")}`);
  const repository = `docker.io/${"a".repeat(100)}/${"b".repeat(144)}`;
  const versions = tags.map((tag) => versionRecord(tag));
  const pieces = await sitemapXml(snapshotOf(extensionRecord(repository, { versions })), ORIGIN, undefined);
  const bytesEach = Buffer.byteLength(pieces?.join("") ?? "") / tags.length;
  expect(bytesEach * SITEMAP_ADDRESSES_MAX).toBeLessThan(50_000_000);
  expect(SITEMAP_ADDRESSES_MAX).toBeLessThanOrEqual(50_000);
});

test("crawlers are kept out of what belongs to people who are signed in", () => {
  const text = robotsText(ORIGIN);
  for (const path of ["/admin", "/publish", "/account"]) expect(text).toContain(`\nDisallow: ${path}\n`);
  expect(text).toContain("\nSitemap: https://gantry.example/sitemap.xml\n");
});
