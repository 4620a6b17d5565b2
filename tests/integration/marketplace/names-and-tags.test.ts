import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { getEntry } from "@/lib/marketplace/entries/get-entry";
import { changePolicy } from "@/lib/marketplace/policy/policy";
import { getSubmissionReport } from "@/lib/marketplace/submissions/submission-report";
import { getSubmission } from "@/lib/marketplace/submissions/submissions";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { deleteManifest, pushExtension } from "@/tests/support/registries/push";

let registry: DistributionRegistry;
let market: TestMarketplace;

beforeAll(async () => {
  registry = await startDistributionRegistry({});
  market = await startMarketplace("pglite", registry.url);
});

afterAll(async () => {
  await market?.close();
  await registry?.stop();
});

const VENDOR = "org.opencontainers.image.vendor";
const API = "com.docker.desktop.extension.api.version";

/** Submits what was pushed; state, and the findings that a reviewer reads. */
async function submitted(path: string) {
  const ctx = await market.as("publisher");
  const submission = await market.submitAndWait(ctx, `${registry.host}/${path}`);
  const { report } = await getSubmissionReport(await market.as("reviewer"), { id: submission.id });
  return { state: submission.state, findings: report?.findings ?? [] };
}

test("somebody else's vendor name goes to a reviewer, who is told", async () => {
  await pushExtension(registry, "mallory/tool", "1.0.0", { labels: { [VENDOR]: "Dоcker Inc." } });
  const { state, findings } = await submitted("mallory/tool");
  expect(state).toBe("in_review");
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: "vendor_lookalike",
      evidence: expect.objectContaining({ name: "Docker" }),
    }),
  );
});

test("so does a name that passes for the vendor of a listed extension", async () => {
  await pushExtension(registry, "bolt/lens", "1.0.0", { labels: { [VENDOR]: "Boltwerk GmbH" } });
  await market.approve(`${registry.host}/bolt/lens`);
  await pushExtension(registry, "bolt/other", "1.0.0", { labels: { [VENDOR]: "Boltwerk GmbH" } });
  await pushExtension(registry, "eve/lens", "1.0.0", { labels: { [VENDOR]: "B0ltwerk" } });
  const names = ({ findings }: Awaited<ReturnType<typeof submitted>>) =>
    findings.filter(({ code }) => code === "vendor_lookalike").map(({ evidence }) => evidence.name);
  expect(names(await submitted("bolt/other"))).toEqual([]);
  expect(names(await submitted("eve/lens"))).toEqual([`Boltwerk GmbH of ${registry.host}/bolt`]);
});

test("a high tag that hides the others and a requirement that nothing fits are told", async () => {
  await pushExtension(registry, "acme/high", "1.0.1");
  await pushExtension(registry, "acme/high", "2.6.5", { labels: { [API]: ">= 1.4.7" } });
  const codes = (await submitted("acme/high")).findings.map(({ code }) => code);
  expect(codes).toContain("blocking_high_version");
  expect(codes).toContain("requirement_never_matches");
});

test("a high tag that comes after the approval is told to publisher and reviewer, until it is gone", async () => {
  const path = "acme/late-high";
  const repository = `${registry.host}/${path}`;
  await pushExtension(registry, path, "1.0.1");
  const { id } = await market.approve(repository);
  const told = async () => {
    await market.scan(repository);
    const { allVersions } = await getEntry(await market.as("admin"), { repository });
    const { findings } = await getSubmission(await market.as("publisher"), { id });
    return {
      reviewer: allVersions.map(({ tag, findings: found }) => [tag, ...found.map(({ code }) => code)]),
      publisher: findings
        .filter(({ code }) => code === "blocking_high_version")
        .map(({ evidence }) => evidence),
    };
  };
  expect(await told()).toEqual({ reviewer: [["1.0.1"]], publisher: [] });

  const { digest } = await pushExtension(registry, path, "2.6.5", { labels: { [API]: ">= 1.4.7" } });
  expect(await told()).toEqual({
    reviewer: [["2.6.5", "blocking_high_version"], ["1.0.1"]],
    publisher: [{ tag: "2.6.5", next: "1.0.1" }],
  });

  await deleteManifest(registry, path, digest);
  expect(await told()).toEqual({ reviewer: [["2.6.5"], ["1.0.1"]], publisher: [] });
});

test("where policy says that a high tag blocks, its version waits for a reviewer", async () => {
  const path = "acme/blocking-high";
  const repository = `${registry.host}/${path}`;
  await pushExtension(registry, path, "1.0.1");
  await market.approve(repository);
  const admin = await market.as("admin");
  await changePolicy(admin, {
    policy: { ...DEFAULT_POLICY, severities: { blocking_high_version: "block" } },
  });
  await pushExtension(registry, path, "2.6.5", { labels: { "org.opencontainers.image.title": "High" } });
  await market.scan(repository);
  const { allVersions } = await getEntry(admin, { repository });
  expect(allVersions[0]).toMatchObject({
    tag: "2.6.5",
    visibility: "held",
    reason: { details: { codes: ["blocking_high_version"] } },
  });
});
