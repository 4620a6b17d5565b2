import { expect, test } from "vitest";
import { adminSettings, extensionsText } from "@/lib/catalog/exports/docker-desktop";
import { expectSchema } from "@/tests/unit/catalog/exports/expect-schema";
import { ORIGIN, shelf } from "@/tests/unit/catalog/exports/shelf";

const linesFor = async (host?: Parameters<typeof extensionsText>[2]) => {
  const { pieces, omitted } = await extensionsText(shelf(), ORIGIN, host);
  const lines = pieces.join("").trimEnd().split("\n");
  return {
    omitted,
    entries: lines.filter((line) => !line.startsWith("#")),
    comments: lines.slice(2).filter((line) => line.startsWith("#")),
  };
};

test("one line for each extension with the version in force, never two", async () => {
  expect((await linesFor()).entries.sort()).toEqual([
    "a/b_c:1.0.0",
    "a_b/c:1.0.0",
    "acme/moved:1.0.0",
    "acme/new-api:2.0.0",
    "acme/newest-only:3.0.0",
    "acme/pinned:2.0.0-rc.1",
    "acme/plain:1.0.0",
    "ghcr.io/acme/tools/lens:1.0.0",
  ]);
});

test("a tag that moved or went is left out for the next older version, and said so", async () => {
  const { comments, omitted } = await linesFor();
  expect(comments.sort()).toEqual([
    "# acme/lost is omitted: it has no version that a tag identifies.",
    "# acme/lost:1.0.0 is omitted: the registry no longer has the tag.",
    "# acme/moved:2.0.0 is omitted: the tag no longer points to the accepted image.",
    "# acme/young is omitted: it has no version that a tag identifies.",
  ]);
  expect(omitted).toBe(4);
});

test("for a host each line is its offer, else the newest with a word about it", async () => {
  const { entries, comments } = await linesFor({ desktop: "4.18.0", architecture: "arm64" });
  expect(entries).toContain("acme/new-api:1.0.0");
  expect(entries).toContain("acme/newest-only:3.0.0");
  expect(entries).toContain("acme/pinned:2.0.0-rc.1");
  expect(comments).toContain(
    "# acme/newest-only has no version for this Docker Desktop; this is its newest.",
  );
});

test("every line is a comment or one image reference, as extension-admin reads them", async () => {
  const { pieces } = await extensionsText(shelf(), ORIGIN, undefined);
  expect(pieces.join("")).toMatch(/^(?:#[^\n]*\n|[a-z0-9._:/-]+:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\n)+$/);
});

test("the settings switch the private marketplace on and lead people here", () => {
  const settings = adminSettings(ORIGIN);
  expectSchema("admin-settings", settings);
  expect(settings.extensionsPrivateMarketplaceAdminContactURL.value).toBe(
    "https://gantry.example/publish/new",
  );
});
