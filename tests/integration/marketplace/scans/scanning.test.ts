import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decide } from "@/lib/marketplace/submissions/decide";
import { recheckSubmission } from "@/lib/marketplace/submissions/submission-commands";
import { getSubmission } from "@/lib/marketplace/submissions/submissions";
import { submit } from "@/lib/marketplace/submissions/submit";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { deleteManifest, pushExtension, pushImage } from "@/tests/support/registries/push";

let registry: DistributionRegistry;

beforeAll(async () => {
  registry = await startDistributionRegistry({});
});

afterAll(() => registry.stop());

describe("scanning", () => {
  let market: TestMarketplace;

  beforeAll(async () => {
    market = await startMarketplace("pglite", registry.url);
  });

  afterAll(() => market.close());

  const named = (path: string) => `${registry.host}/scan/${path}`;
  const push = (path: string, tag: string, options = {}) =>
    pushExtension(registry, `scan/${path}`, tag, options);

  const versions = (path: string) =>
    market.services.db.prisma.version.findMany({
      where: { extension: { repository: named(path) } },
      orderBy: { tag: "asc" },
    });

  test("one image under several tags is inspected once", async () => {
    const { image } = await push("aliases", "1.0.0");
    await market.approve(named("aliases"));
    await market.scan(named("aliases"));
    await pushImage(registry, "scan/aliases", "1.0.1", image);
    await pushImage(registry, "scan/aliases", "1.0.2", image);
    const scan = await market.scan(named("aliases"));
    expect(scan).toMatchObject({ state: "ok", found: 3, listed: 2 });
    // The tag list and one look at each tag; nothing of the image is read again.
    expect(scan.requests).toBe(4);
    const again = await market.scan(named("aliases"));
    expect(again).toMatchObject({ state: "unchanged", requests: 4 });
    const list = JSON.stringify({ name: "scan/aliases", tags: ["1.0.0", "1.0.1", "1.0.2"] });
    // And Distribution's line end.
    expect(again.bytes).toBe(list.length + 1);
    expect(
      await market.services.db.prisma.inspection.count({
        where: { extension: { repository: named("aliases") } },
      }),
    ).toBe(1);
  });

  test("where 1.0.0 and v1.0.0 are different images the accepted tag counts, and the scan says so", async () => {
    const { digest } = await push("collision", "1.0.0");
    await push("collision", "v1.0.0", { labels: { "org.opencontainers.image.title": "Another" } });
    await market.approve(named("collision"));
    const scan = await market.scan(named("collision"));
    expect(scan.skipped).toContainEqual(
      expect.objectContaining({ tag: "v1.0.0", reason: "version_collision" }),
    );
    expect(await versions("collision")).toMatchObject([
      { tag: "1.0.0", digest, visibility: "listed" },
      { tag: "v1.0.0", visibility: "held", reason: { code: "version_collision" } },
    ]);
  });

  test("tags that are no versions are skipped with a reason that a publisher can read", async () => {
    await push("skipped", "1.0.0");
    for (const tag of ["latest", "1.0", "mac-1.0.0", "1.2.3.4"]) await push("skipped", tag);
    await market.approve(named("skipped"));
    const { skipped } = await market.scan(named("skipped"));
    expect(skipped.map(({ tag }) => tag).sort()).toEqual(["1.0", "1.2.3.4", "latest", "mac-1.0.0"]);
    for (const { message } of skipped) expect(message.length).toBeGreaterThan(20);
  });

  test("a tag that is no longer there is marked, stays offered by its digest, and is unmarked when it returns", async () => {
    await push("missing", "1.0.0");
    const { digest, image } = await push("missing", "1.1.0", {
      labels: { "com.docker.extension.changelog": "News" },
    });
    await market.approve(named("missing"));
    await market.scan(named("missing"));

    await deleteManifest(registry, "scan/missing", digest);
    await market.scan(named("missing"));
    expect(await versions("missing")).toMatchObject([
      { tag: "1.0.0", missingSince: null },
      { tag: "1.1.0", missingSince: expect.any(Date), visibility: "listed" },
    ]);
    await pushImage(registry, "scan/missing", "1.1.0", image);
    await market.scan(named("missing"));
    expect((await versions("missing"))[1]).toMatchObject({ tag: "1.1.0", missingSince: null });
  });

  test("a registry that goes away ends a scan as failed, loses nothing, and the next scan works", async () => {
    await push("away", "1.0.0");
    await market.approve(named("away"));
    await market.scan(named("away"));
    await registry.halt();
    const failed = await market.scan(named("away"));
    expect(failed).toMatchObject({ state: "failed", error: { code: "registry_unreachable" } });
    expect(await versions("away")).toMatchObject([{ visibility: "listed", missingSince: null }]);
    await registry.resume();
    expect(await market.scan(named("away"))).toMatchObject({ state: "unchanged" });
  });

  test("a submission while the registry is away is errored, never the publisher's fault, and passes afterwards", async () => {
    await push("late", "1.0.0");
    await registry.halt();
    const publisher = await market.as("publisher");
    const errored = await market.submitAndWait(publisher, named("late"));
    expect(errored).toMatchObject({
      state: "errored",
      findings: [],
      error: { code: "registry_unreachable" },
    });
    await registry.resume();

    // The automatic retry is far away, so that only "check again" can bring the submission on.
    await market.services.db.pool.query(
      "UPDATE pgboss.job SET start_after = now() + interval '1 day' WHERE state = 'created'",
    );
    await recheckSubmission(publisher, { id: errored.id });
    expect(await market.waitForState(publisher, errored.id, "in_review")).toMatchObject({
      candidate: { tag: "1.0.0" },
      error: null,
    });
  });

  test("a check or scan whose job was given up is taken up again", async () => {
    await push("stuck", "1.0.0");
    await registry.halt();
    const publisher = await market.as("publisher");
    const { submission } = await submit(publisher, { repository: named("stuck") });
    await market.services.db.pool.query("DELETE FROM pgboss.job WHERE name = 'check-submission'");
    await registry.resume();
    await market.services.db.prisma.submission.updateMany({
      where: { id: submission.id },
      data: { state: "checking" },
    });
    market.advance(31 * 60);
    expect(await market.waitForState(publisher, submission.id, "in_review")).toMatchObject({
      candidate: { tag: "1.0.0" },
    });
    await decide(await market.as("reviewer"), {
      id: submission.id,
      decision: "approve",
      expectedDigest: (await getSubmission(publisher, { id: submission.id })).candidate?.digest,
    });
    await market.services.db.pool.query(
      "DELETE FROM pgboss.job WHERE name = 'scan-extension' AND state = 'created'",
    );
    expect(["ok", "unchanged"]).toContain((await market.scan(named("stuck"))).state);
  });
});
