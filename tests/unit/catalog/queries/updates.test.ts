import { describe, expect, test } from "vitest";
import { z } from "zod";
import { updateItemSchema } from "@/lib/api/schemas/updates";
import type { UpdateClient } from "@/lib/catalog/documents/update-documents";
import { updatesJson } from "@/lib/catalog/queries/updates";
import type { Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import type { ExtensionRecord } from "@/lib/marketplace/public-records";
import {
  catalogRecords,
  type ExtensionChanges,
  extensionRecord,
  versionRecord,
} from "@/tests/builders/catalog-records";
import { digestOf } from "@/tests/builders/inspection-report";

const NOW = new Date("2026-11-20T12:00:00Z");
const LENS = "docker.io/acme/lens";
const HOST = { desktop: "4.18.0", arch: "arm64" };

const OLD = versionRecord("1.0.0");
const NEW = versionRecord("1.2.0");
const NEEDS_DESKTOP = versionRecord("2.0.0", { report: { labels: { apiVersion: ">= 0.4.2" } } });
const LEAKS = { code: "yank_by_person", message: "It leaks." };
const YANKED = versionRecord("1.1.0", { visibility: "yanked", reason: LEAKS });
const BLOCKED = versionRecord("1.1.0", { visibility: "blocked", reason: LEAKS });

/** Asked twice, so that the remembered answer is looked at too. */
function checkUpdates(snapshot: Snapshot, client: UpdateClient, installed: readonly unknown[]) {
  const first = updatesJson(snapshot, client, installed);
  expect(updatesJson(snapshot, client, installed)).toBe(first);
  return z.object({ items: z.array(updateItemSchema) }).parse(JSON.parse(first)).items;
}

function check(item: unknown, extensions: readonly ExtensionRecord[], host: Partial<typeof CHOICES> = {}) {
  const snapshot = buildSnapshot(catalogRecords(extensions), NOW);
  const [answer] = checkUpdates(snapshot, { ...HOST, ...host }, [item]);
  return answer;
}

const CHOICES = { desktop: "4.18.0", arch: "arm64", channel: "stable" as "stable" | "prerelease" };

/** Of `acme/lens` alone. */
function lens(tag: string, changes: ExtensionChanges, digest?: string | null) {
  return check({ repository: "acme/lens", tag, digest }, [extensionRecord(LENS, changes)]);
}

describe("an extension in force", () => {
  test("the newest version for the host is up to date, under its tag, its v tag, and by every digest of its image", () => {
    const digests = [undefined, null, NEW.digest, digestOf(" 1.2.0 arm64"), digestOf(" 1.2.0 amd64 config")];
    for (const digest of digests)
      expect(lens("1.2.0", { versions: [OLD, NEW] }, digest)).toMatchObject({
        repository: "acme/lens",
        tag: "1.2.0",
        action: "none",
        target: null,
        reason: { code: "up_to_date" },
      });
    expect(lens("v1.2.0", { versions: [OLD, NEW] })).toMatchObject({ tag: "v1.2.0", action: "none" });
  });

  test("an older version is to be updated to the newest that fits, by digest", () => {
    expect(lens("1.0.0", { versions: [OLD, NEW] })).toMatchObject({
      action: "update",
      target: {
        repository: "acme/lens",
        tag: "1.2.0",
        reference: `acme/lens@${NEW.digest}`,
        confidence: "verified",
      },
      reason: { code: "newer_version", message: "Version 1.2.0 is available.", minimumDesktop: null },
    });
  });

  test("the newest compatible version is offered, and a newer one that needs another Docker Desktop is named", () => {
    expect(lens("1.0.0", { versions: [OLD, NEW, NEEDS_DESKTOP] })).toMatchObject({
      action: "update",
      target: { tag: "1.2.0" },
      reason: {
        code: "newer_version",
        message: "Version 1.2.0 is available. Version 2.0.0 requires Docker Desktop 4.44 or later.",
        minimumDesktop: "4.44.0",
      },
    });
    expect(lens("1.2.0", { versions: [OLD, NEW, NEEDS_DESKTOP] })).toMatchObject({
      action: "none",
      target: null,
      reason: { code: "needs_desktop", minimumDesktop: "4.44.0" },
    });
  });

  test("nothing offered to this host proposes nothing", () => {
    expect(lens("2.0.0", { versions: [NEEDS_DESKTOP] })).toMatchObject({
      action: "none",
      reason: { code: "needs_desktop", minimumDesktop: "4.44.0" },
    });
    const elsewhere = check(
      { repository: "acme/lens", tag: "1.0.0" },
      [extensionRecord(LENS, { versions: [OLD] })],
      {
        arch: "riscv64",
      },
    );
    expect(elsewhere).toMatchObject({ action: "none", target: null, reason: { code: "no_offer" } });
  });

  test("a version that was side-loaded and is newer than every offer is never downgraded", () => {
    for (const tag of ["9.9.9", "v9.9.9", "1.2.1"])
      expect(lens(tag, { versions: [OLD, NEW] })).toMatchObject({
        action: "none",
        target: null,
        reason: { code: "newer_than_offer" },
      });
  });

  test("a tag that was never seen is unknown, with the offer to go back to where it is higher", () => {
    for (const tag of ["0.9.0", "1.1.5", "1.2.0-rc.1"])
      expect(lens(tag, { versions: [OLD, NEW] })).toMatchObject({
        action: "unknown",
        target: { tag: "1.2.0" },
        reason: { code: "tag_unknown" },
      });
    for (const tag of ["latest", "dev"])
      expect(lens(tag, { versions: [OLD, NEW] })).toMatchObject({ action: "unknown", target: null });
  });

  test("a moving name is the version that its digest belongs to", () => {
    expect(lens("latest", { versions: [OLD, NEW] }, OLD.digest)).toMatchObject({
      tag: "latest",
      action: "update",
      target: { tag: "1.2.0" },
    });
    expect(lens("latest", { versions: [OLD, NEW] }, digestOf(" 1.2.0 amd64"))).toMatchObject({
      action: "none",
    });
  });

  test("a held version is a known one: below the offer it is updated, above it stays", () => {
    expect(lens("1.1.0", { versions: [OLD, NEW], hiddenTags: ["1.1.0", "1.3.0"] })).toMatchObject({
      action: "update",
      target: { tag: "1.2.0" },
    });
    expect(lens("1.3.0", { versions: [OLD, NEW], hiddenTags: ["1.1.0", "1.3.0"] })).toMatchObject({
      action: "none",
      reason: { code: "newer_than_offer" },
    });
  });

  test("another image under the same tag is said to differ, and one that the tag moved to is named so", () => {
    const moved = versionRecord("1.2.0", { moved: { digest: digestOf("other"), seenAt: NOW.toISOString() } });
    expect(lens("1.2.0", { versions: [moved] }, digestOf("strange"))).toMatchObject({
      action: "digest_differs",
      target: { tag: "1.2.0", digest: NEW.digest },
      reason: { code: "digest_unknown" },
    });
    expect(lens("1.2.0", { versions: [moved] }, digestOf("other"))).toMatchObject({
      action: "digest_differs",
      reason: { code: "tag_moved" },
    });
    expect(lens("1.0.0", { versions: [OLD, NEW] }, digestOf("strange"))).toMatchObject({
      action: "digest_differs",
      target: { tag: "1.2.0" },
    });
  });
});

describe("what was taken back", () => {
  test("a yanked version leads to the newest safe offer, even a lower one, with the public reason", () => {
    for (const versions of [
      [YANKED, NEW],
      [YANKED, OLD],
    ])
      expect(lens("1.1.0", { versions })).toMatchObject({
        action: "yanked",
        target: { tag: versions[1]?.tag },
        reason: { code: "yanked", message: "It leaks." },
      });
    expect(lens("1.1.0", { versions: [YANKED] })).toMatchObject({ action: "yanked", target: null });
  });

  test("a blocked version says whether to remove it or to be warned", () => {
    expect(lens("1.1.0", { versions: [BLOCKED, OLD] })).toMatchObject({
      action: "blocked",
      target: { tag: "1.0.0" },
      reason: { code: "blocked_hard", message: "It leaks." },
    });
    const soft = { ...BLOCKED, blockLevel: "soft" as const };
    expect(lens("1.1.0", { versions: [soft] })).toMatchObject({
      action: "blocked",
      reason: { code: "blocked_soft" },
    });
  });

  test("a block is of the image, whatever its tag; a digest that is not the blocked one only differs", () => {
    for (const tag of ["latest", "9.9.9", "1.0.0"])
      expect(lens(tag, { versions: [BLOCKED, OLD] }, BLOCKED.digest)).toMatchObject({ action: "blocked" });
    expect(lens("x", { versions: [BLOCKED] }, digestOf(" 1.1.0 arm64"))).toMatchObject({ action: "blocked" });
    expect(lens("1.1.0", { versions: [BLOCKED, OLD] }, digestOf("strange"))).toMatchObject({
      action: "digest_differs",
    });
  });

  test("a digest that lost its tag to another one stays withdrawn", () => {
    const withdrawn = (visibility: "yanked" | "blocked") => ({
      versions: [NEW],
      withdrawn: [
        {
          ...{ tag: "1.2.0", digest: digestOf("before"), visibility, reason: LEAKS },
          ...{ blockLevel: null, platformDigests: [digestOf("before arm64")] },
        },
      ],
    });
    for (const digest of [digestOf("before"), digestOf("before arm64")]) {
      expect(lens("1.2.0", withdrawn("yanked"), digest)).toMatchObject({
        action: "yanked",
        target: { tag: "1.2.0" },
      });
      expect(lens("1.2.0", withdrawn("blocked"), digest)).toMatchObject({ action: "blocked" });
    }
    expect(lens("1.2.0", withdrawn("blocked"), NEW.digest)).toMatchObject({ action: "none" });
    expect(lens("1.2.0", withdrawn("blocked"))).toMatchObject({ action: "none" });
  });
});

describe("what the entry allows", () => {
  test("a pin is kept: at it nothing is done, below it is updated to it, above it is newer than allowed", () => {
    const entry = { track: "pin", pinTag: "1.2.0", pinDigest: NEW.digest } as const;
    const versions = [OLD, NEW, versionRecord("1.3.0")];
    expect(lens("1.2.0", { entry, versions })).toMatchObject({ action: "none", reason: { code: "pinned" } });
    expect(lens("1.0.0", { entry, versions })).toMatchObject({ action: "update", target: { tag: "1.2.0" } });
    for (const tag of ["1.3.0", "7.0.0"])
      expect(lens(tag, { entry, versions })).toMatchObject({
        action: "none",
        target: null,
        reason: { code: "newer_than_allowed" },
      });
  });

  test("above a range nothing is downgraded", () => {
    const entry = { track: "range", range: "^1" } as const;
    const versions = [OLD, NEW, versionRecord("2.0.0")];
    expect(lens("2.0.0", { entry, versions })).toMatchObject({
      action: "none",
      reason: { code: "newer_than_allowed" },
    });
    expect(lens("1.2.0", { entry, versions })).toMatchObject({
      action: "none",
      reason: { code: "up_to_date" },
    });
  });

  test.each([
    ["entry_suspended", { state: "suspended" }],
    ["entry_revoked", { state: "revoked" }],
    ["entry_expired", { state: "expired" }],
    ["entry_expired", { expiresAt: NOW }],
  ] as const)("not in force: %s", (code, entry) => {
    expect(lens("1.0.0", { entry, versions: [OLD, NEW] })).toMatchObject({
      action: "not_listed",
      target: null,
      reason: { code },
    });
    expect(lens("1.1.0", { entry, versions: [BLOCKED] })).toMatchObject({ action: "blocked", target: null });
  });
});

describe("channels", () => {
  const versions = [OLD, versionRecord("1.1.0-rc.1"), versionRecord("1.1.0-rc.2")];
  const ask = (tag: string, channel?: "stable" | "prerelease") =>
    check(
      { repository: "acme/lens", tag },
      [extensionRecord(LENS, { versions })],
      channel ? { channel } : {},
    );

  test("without one the installed version's own counts", () => {
    expect(ask("1.0.0")).toMatchObject({ action: "none" });
    expect(ask("1.1.0-rc.1")).toMatchObject({ action: "update", target: { tag: "1.1.0-rc.2" } });
  });

  test("a chosen one counts for every item", () => {
    expect(ask("1.0.0", "prerelease")).toMatchObject({ action: "update", target: { tag: "1.1.0-rc.2" } });
    expect(ask("1.1.0-rc.1", "stable")).toMatchObject({
      action: "none",
      reason: { code: "newer_than_offer" },
    });
  });
});

describe("extensions that moved or are deprecated", () => {
  const moved = (from: string, to: string, changes: ExtensionChanges = {}) =>
    extensionRecord(`docker.io/acme/${from}`, {
      movedTo: `docker.io/acme/${to}`,
      versions: [OLD],
      ...changes,
    });
  const there = (name: string, changes: ExtensionChanges = {}) =>
    extensionRecord(`docker.io/acme/${name}`, { versions: [NEW], ...changes });
  const ask = (...extensions: ExtensionRecord[]) => check({ repository: "acme/a", tag: "1.0.0" }, extensions);

  test("a move leads to the offer of the new repository, over up to three hops", () => {
    expect(ask(moved("a", "b"), there("b"))).toMatchObject({
      action: "moved",
      movedTo: "acme/b",
      target: { repository: "acme/b", tag: "1.2.0", reference: `acme/b@${NEW.digest}` },
      reason: { code: "moved" },
    });
    const chain = [moved("a", "b"), moved("b", "c"), moved("c", "d")];
    expect(ask(...chain, there("d"))).toMatchObject({ action: "moved", target: { repository: "acme/d" } });
    expect(ask(moved("a", "b", { entry: { state: "revoked" } }), there("b"))).toMatchObject({
      action: "moved",
    });
  });

  test("a move that leads nowhere is as if there were none", () => {
    const chain = [moved("a", "b"), moved("b", "c"), moved("c", "d"), moved("d", "e")];
    for (const extensions of [
      [...chain, there("e")],
      [moved("a", "b"), moved("b", "a")],
      [moved("a", "b")],
      [moved("a", "a")],
      [moved("a", "b"), there("b", { entry: { state: "suspended" } })],
    ])
      expect(ask(...extensions)).toMatchObject({ action: "none", movedTo: null });
  });

  test("a move without an offer for this host says so", () => {
    expect(ask(moved("a", "b"), there("b", { versions: [NEEDS_DESKTOP] }))).toMatchObject({
      action: "moved",
      target: null,
      movedTo: "acme/b",
      reason: { message: "The extension has moved to acme/b. Requires Docker Desktop 4.44 or later." },
    });
  });

  test("a withdrawn version of a moved extension leads to the offer of the new one", () => {
    const versions = [{ ...OLD, visibility: "yanked" as const, reason: LEAKS }];
    expect(ask(moved("a", "b", { versions }), there("b"))).toMatchObject({
      action: "yanked",
      target: { repository: "acme/b" },
    });
  });

  test("a deprecation comes along with whatever is to be done", () => {
    const deprecated = { message: "Use Bare.", replacement: "acme/bare" };
    expect(lens("1.0.0", { versions: [OLD], deprecated })).toMatchObject({ action: "none", deprecated });
  });
});

describe("items that make no sense", () => {
  test.each([
    [null, "malformed_item"],
    [5, "malformed_item"],
    ["acme/lens", "malformed_item"],
    [[], "malformed_item"],
    [{}, "malformed_item"],
    [{ repository: ["acme/lens"], tag: "1.0.0" }, "malformed_item"],
    [{ repository: "a".repeat(2001), tag: "1.0.0" }, "malformed_item"],
    [{ repository: "acme/lens" }, "malformed_tag"],
    [{ repository: "acme/lens", tag: "" }, "malformed_tag"],
    [{ repository: "acme/lens", tag: "1.0.0 || 2" }, "malformed_tag"],
    [{ repository: "acme/lens", tag: { $gt: "" } }, "malformed_tag"],
    [{ repository: "acme/lens", tag: "1.0.0", digest: "sha256:12" }, "malformed_digest"],
    [{ repository: "acme/lens", tag: "1.0.0", digest: 7 }, "malformed_digest"],
    [{ repository: "alone", tag: "1.0.0" }, "malformed_repository"],
    [{ repository: "../../etc/passwd", tag: "1.0.0" }, "malformed_repository"],
    [{ repository: "ACME/Lens", tag: "1.0.0" }, "malformed_repository"],
  ])("%j", (item, code) => {
    expect(check(item, [extensionRecord(LENS)])).toMatchObject({
      action: "unknown",
      target: null,
      reason: { code },
    });
  });

  test("each gets its own answer, in order, and the others are answered as ever", () => {
    const snapshot = buildSnapshot(catalogRecords([extensionRecord(LENS, { versions: [OLD, NEW] })]), NOW);
    const good = { repository: "acme/lens", tag: "1.0.0" };
    const answers = checkUpdates(snapshot, HOST, [
      good,
      null,
      good,
      { repository: "acme/lens", tag: 1 },
      good,
    ]);
    expect(answers.map(({ action }) => action)).toEqual(["update", "unknown", "update", "unknown", "update"]);
    expect(answers.map(({ repository }) => repository)).toEqual([
      ...["acme/lens", null, "acme/lens", "acme/lens", "acme/lens"],
    ]);
  });

  test("a repository is found in every spelling, and echoed in the one that came", () => {
    for (const repository of [
      "docker.io/acme/lens",
      "index.docker.io/acme/lens",
      "https://hub.docker.com/r/acme/lens",
    ])
      expect(check({ repository, tag: "1.0.0" }, [extensionRecord(LENS)])).toMatchObject({
        repository,
        action: "none",
      });
  });

  test("a repository without an entry was never listed", () => {
    expect(check({ repository: "acme/other", tag: "1.0.0" }, [extensionRecord(LENS)])).toMatchObject({
      action: "not_listed",
      reason: { code: "never_listed" },
    });
  });
});
