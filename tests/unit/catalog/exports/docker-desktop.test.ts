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
    "acme/arm-only:1.1.0",
    "acme/half:2.0.1",
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
  expect(comments.filter((line) => line.includes("omitted")).sort()).toEqual([
    "# acme/lost is omitted: no other version is left.",
    "# acme/lost:1.0.0 is omitted: the registry no longer has the tag.",
    "# acme/moved:2.0.0 is omitted: the tag no longer points to the accepted image.",
    "# acme/young is omitted: it has no stable version.",
  ]);
  expect(omitted).toBe(4);
});

test("a host gets only what it is offered, and the reason for the rest", async () => {
  const { entries, comments, omitted } = await linesFor({ desktop: "4.18.0", architecture: "arm64" });
  expect(entries).toContain("acme/new-api:1.0.0");
  expect(entries).toContain("acme/pinned:2.0.0-rc.1");
  expect(entries.filter((line) => line.startsWith("acme/newest-only"))).toEqual([]);
  expect(comments).toContain("# acme/newest-only is omitted: requires Docker Desktop 4.44 or later.");
  expect(omitted).toBe(5);
});

test("without a host the newest version for both platforms stands, and a missing platform is named", async () => {
  const { entries, comments } = await linesFor();
  expect(entries).toContain("acme/half:2.0.1");
  expect(entries).toContain("acme/arm-only:1.1.0");
  expect(comments).toContain(
    "# acme/arm-only:1.1.0 is not available for linux/amd64; no version is for both.",
  );
  expect(comments.filter((line) => line.includes("acme/half"))).toEqual([]);
});

test.each([
  ["amd64", "acme/half:2.0.1", undefined],
  ["arm64", "acme/half:2.1.0", "acme/arm-only:1.1.0"],
])("a host on %s gets what is available there", async (architecture, half, armOnly) => {
  const { entries, comments } = await linesFor({ desktop: "4.50.0", architecture });
  expect(entries.filter((line) => line.startsWith("acme/half"))).toEqual([half]);
  expect(entries.find((line) => line.startsWith("acme/arm-only"))).toBe(armOnly);
  expect(comments.some((line) => line.includes("acme/arm-only is omitted: is not available"))).toBe(!armOnly);
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
