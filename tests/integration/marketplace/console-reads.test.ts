/** What the admin consoles read beside the queue: an entry with everything about it, the audit's actions, the releases. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { appendAudit } from "@/lib/journal/audit";
import type { Context } from "@/lib/journal/context";
import { readDesktopReleases } from "@/lib/marketplace/desktop-releases/desktop-releases";
import { changeExtension } from "@/lib/marketplace/entries/change-extension";
import { getEntry } from "@/lib/marketplace/entries/get-entry";
import { listEntries } from "@/lib/marketplace/entries/list-entries";
import { listAudit, listAuditActions } from "@/lib/marketplace/history/audit-log";
import { requestScan } from "@/lib/marketplace/scans/scans";
import { hasEnded, waitForScan } from "@/lib/marketplace/scans/wait-for-scan";
import { getVersionCase } from "@/lib/marketplace/versions/version-case";
import { transact } from "@/lib/platform/db/transact";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";

const coded = (code: string) => expect.objectContaining({ code });

let registry: DistributionRegistry;
let market: TestMarketplace;
let reviewer: Context;
let repository: string;

beforeAll(async () => {
  registry = await startDistributionRegistry();
  market = await startMarketplace("pglite", registry.registries);
  reviewer = await market.as("reviewer");
  repository = `${registry.host}/acme/disk-lens`;
  await pushExtension(registry, "acme/disk-lens", "1.0.0");
  await market.approve(repository);
  await market.scan(repository);
});

afterAll(async () => {
  await market.close();
  await registry.stop();
});

test("an entry tells of each version what it does beyond the approval, and what the last scan found", async () => {
  await pushExtension(registry, "acme/disk-lens", "1.1.0", {
    metadata: {
      icon: "disk-lens.svg",
      ui: { "dashboard-tab": { title: "Lens", root: "/ui", src: "index.html" } },
      host: { binaries: [{ darwin: [{ path: "/darwin/lens" }] }] },
    },
    files: { "darwin/lens": "binary" },
  });
  await pushExtension(registry, "acme/disk-lens", "latest");
  const scan = await waitForScan(reviewer, await requestScan(reviewer, { repository }), 30);
  expect(hasEnded(scan)).toBe(true);
  const entry = await getEntry(reviewer, { repository });
  expect(entry.lastScan).toMatchObject({ id: scan.id, state: "ok", held: 1, error: null });
  expect(entry.lastScan?.skipped).toMatchObject([{ tag: "latest" }]);
  const beyond = entry.allVersions.map(({ tag, visibility, beyondApproval }) => [
    tag,
    visibility,
    beyondApproval,
  ]);
  expect(beyond).toEqual([
    ["1.1.0", "held", ["the file /darwin/lens on macOS hosts"]],
    ["1.0.0", "listed", []],
  ]);
  const { items } = await listEntries(reviewer, { state: "active", limit: 10 });
  expect(items).toMatchObject([{ repository, versions: { listed: 1, held: 1, moved: 0 } }]);
});

test("a held version is shown beside the one that was approved: what is new, and nothing that stayed", async () => {
  const found = await getVersionCase(reviewer, { repository, tag: "1.1.0" });
  expect(found.comparedWith).toMatchObject({ tag: "1.0.0" });
  expect(found.digest).toBe(found.version.digest);
  expect(found.capabilityChanges).toMatchObject([{ change: "added", kind: "hostBinaries" }]);
  expect(found.difference).toMatchObject({ requirement: null, labels: [], compose: [] });
  expect(found.difference?.metadata?.keys).toEqual([
    { path: "ui.dashboard-tab.title", before: '"Disk Lens"', after: '"Lens"' },
    { path: "host.binaries[0].darwin[0].path", before: null, after: '"/darwin/lens"' },
  ]);
});

test("a moved tag is shown with its new image, beside the one that stays listed", async () => {
  const listed = (await getVersionCase(reviewer, { repository, tag: "1.0.0" })).version.digest;
  const { digest } = await pushExtension(registry, "acme/disk-lens", "1.0.0", {
    labels: { "org.opencontainers.image.title": "Disk Lens Pro" },
  });
  await market.scan(repository);
  const found = await getVersionCase(reviewer, { repository, tag: "1.0.0" });
  expect(found).toMatchObject({ digest, comparedWith: { tag: "1.0.0", digest: listed } });
  expect(found.difference?.labels).toEqual([
    {
      name: "org.opencontainers.image.title",
      before: "Disk Lens",
      after: "Disk Lens Pro",
      words: [
        { kind: "same", text: "Disk Lens" },
        { kind: "added", text: " Pro" },
      ],
    },
  ]);
});

test("a version is a case for those who decide, and only where there is one", async () => {
  const publisher = await market.as("publisher");
  await expect(getVersionCase(publisher, { repository, tag: "1.1.0" })).rejects.toEqual(coded("forbidden"));
  await expect(getVersionCase(reviewer, { repository, tag: "9.9.9" })).rejects.toEqual(coded("not_found"));
});

test("an entry tells whether its extension is deprecated", async () => {
  expect(await getEntry(reviewer, { repository })).toMatchObject({ deprecated: null });
  const deprecated = { message: "No longer maintained.", replacement: null };
  await changeExtension(reviewer, { repository, deprecated });
  expect(await getEntry(reviewer, { repository })).toMatchObject({ deprecated });
  await changeExtension(reviewer, { repository, deprecated: null });
  expect(await getEntry(reviewer, { repository })).toMatchObject({ deprecated: null });
});

test("the audit names every action that occurs in it, once", async () => {
  const actions = await listAuditActions(reviewer);
  expect(actions).toEqual([...new Set(actions)].sort());
  for (const action of actions) {
    const { total } = await listAudit(reviewer, { action, limit: 1 });
    expect(total).toBeGreaterThan(0);
  }
  expect(actions).toContain("extension.deprecate");
});

test("email addresses in the audit are for those who manage people", async () => {
  const admin = await market.as("admin");
  const email = "somebody.new@acme.example";
  await transact(admin.db, (tx) =>
    appendAudit(tx, admin, {
      action: "user.create",
      subject: { kind: "user", id: "the-id" },
      after: { email, role: "publisher" },
      reason: `${email} asked for it.`,
    }),
  );
  const rowFor = async (ctx: Context) =>
    JSON.stringify((await listAudit(ctx, { subjectId: "the-id", limit: 1 })).items);
  expect(await rowFor(admin)).toContain(email);
  expect(await rowFor(reviewer)).toContain('"role":"publisher"');
  expect(await rowFor(reviewer)).not.toContain(email);
});

test("Desktop releases are read newest first by number, not by letter", async () => {
  const versions = (await readDesktopReleases(reviewer)).releases.map(({ version }) => version);
  expect(versions.indexOf("4.44.0")).toBeLessThan(versions.indexOf("4.9.0"));
});

test("a publisher reads none of it", async () => {
  const publisher = await market.as("publisher");
  const forbidden = coded("forbidden");
  await expect(getEntry(publisher, { repository })).rejects.toEqual(forbidden);
  await expect(listAuditActions(publisher)).rejects.toEqual(forbidden);
  await expect(readDesktopReleases(publisher)).rejects.toEqual(forbidden);
});
