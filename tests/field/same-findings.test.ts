import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_POLICY, type Policy } from "@/lib/extension/policy/policy";
import { systemActor } from "@/lib/journal/actor";
import { services } from "@/lib/journal/context";
import { getVersionCase } from "@/lib/marketplace/versions/version-case";
import { inspectCommand } from "@/scripts/gantry/inspect/inspect";
import { type ExtensionImageOptions, extensionImage } from "@/tests/builders/extension-image";
import fc from "@/tests/builders/fast-check";
import { startTestGantry, type TestGantry } from "@/tests/support/gantry";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushImage } from "@/tests/support/registries/push";

let registry: DistributionRegistry;
let market: TestGantry;

beforeAll(async () => {
  registry = await startDistributionRegistry();
  market = await startTestGantry({ GANTRY_REGISTRIES: registry.url });
});
afterAll(async () => {
  await market?.close();
  await registry?.stop();
});

/** Nothing on the network, whose answers could differ from one inspection to the next. */
const OFFLINE = {
  "com.docker.desktop.extension.icon": null,
  "com.docker.extension.screenshots": null,
  "com.docker.extension.publisher-url": null,
  "com.docker.extension.additional-urls": null,
};

const LABELS: Record<string, (string | null)[]> = {
  "com.docker.desktop.extension.api.version": [">= 0.3.4", "0.3.4", ">= 4.30.0", "$API", null],
  "org.opencontainers.image.title": ["Disk Lens", "Disk Lens Extension", "", null],
  "org.opencontainers.image.vendor": ["Acme Inc.", "Docker Inc.", null],
  "com.docker.extension.categories": ["utility-tools", "no-such-category"],
  "com.docker.extension.account-info": ["", "see our site"],
};

const METADATA: Record<string, unknown>[] = [
  { icon: "disk-lens.svg", ui: { "dashboard-tab": { title: "Disk Lens", root: "/ui", src: "index.html" } } },
  { icon: "gone.svg", ui: { "dashboard-tab": { title: "Disk Lens", root: "/ui", src: "index.html" } } },
  { icon: "disk-lens.svg", host: { binaries: [{ linux: [{ path: "/linux/lens" }] }] } },
  { icon: "disk-lens.svg", vm: { composefile: "compose.yaml" }, hots: {} },
];

const COMPOSE = ["services:\n  app:\n    image: $DESKTOP_PLUGIN_IMAGE\n    privileged: true\n    magic: 1\n"];

const images = fc
  .record({
    labels: fc.record(
      Object.fromEntries(Object.entries(LABELS).map(([name, values]) => [name, fc.constantFrom(...values)])),
    ),
    metadata: fc.constantFrom(...METADATA),
    compose: fc.constantFrom(...COMPOSE),
    platforms: fc.constantFrom(["amd64", "arm64"], ["amd64"], ["arm64", "s390x"]),
  })
  .map(
    ({ labels, metadata, compose, platforms }): ExtensionImageOptions => ({
      labels: { ...labels, ...OFFLINE },
      metadata,
      files: { "compose.yaml": compose },
      platforms: platforms.map((architecture) => ({ os: "linux", architecture })),
    }),
  );

/** Tags beside the inspected one, which is always the highest stable version. */
const neighbors = fc.constantFrom<string[]>(["1.0.0"], ["1.0.0", "latest", "9.0.0-1"], []);
const policies = fc.constantFrom<Partial<Policy>>(
  {},
  { preset: "docker" },
  { severities: { requirement_never_matches: "block", title_says_extension: "off" } },
);

type Line = { code: string; severity: string; outcome: string; message: string; suggestion: string };

function linesOf(findings: readonly Line[]): string[] {
  return findings.map(({ code, severity, outcome, message, suggestion }) =>
    [code, severity, outcome, message, suggestion].join(" | "),
  );
}

/** What depends on the other extensions of the marketplace, which a command without a server cannot know. */
const NEEDS_THE_CATALOG = ["vendor_lookalike"];

/** The command line takes a preset, but no other policy. */
async function printed(reference: string, preset: Policy["preset"]): Promise<Line[]> {
  let text = "";
  const plain = (part: string) => part;
  const style = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, blue: plain };
  const out = (part: string) => {
    text += part;
  };
  await inspectCommand.run(["--json", "--preset", preset, "--registries", registry.url, reference], {
    ...{ folder: "/", interactive: false, style, out },
    err: () => undefined,
  });
  return JSON.parse(text).findings;
}

async function checked(repository: string) {
  const begun = await market.admin("POST", "/api/v1/submissions", { repository });
  expect(begun.status).toBe(202);
  const { id } = begun.body;
  await expect
    .poll(async () => (await market.admin("GET", `/api/v1/submissions/${id}`)).body.state, {
      timeout: 30_000,
    })
    .not.toBe("checking");
  return id as string;
}

let repositories = 0;

/** Pushes the image as 2.6.5, and others under the tags of its neighbors. */
async function pushed(options: ExtensionImageOptions, others: readonly string[]) {
  const path = `acme/same-${repositories++}`;
  for (const tag of others) await pushImage(registry, path, tag, extensionImage({ labels: OFFLINE }));
  await pushImage(registry, path, "2.6.5", extensionImage(options));
  return { repository: `${registry.host}/${path}`, tag: "2.6.5" };
}

async function get(path: string) {
  const { status, body } = await market.admin("GET", path);
  expect(status).toBe(200);
  return body;
}

async function preflighted(reference: string) {
  const { status, body } = await market.admin("POST", "/api/v1/inspections", { reference });
  expect(status).toBe(200);
  return body;
}

describe("one image has the same findings wherever it is looked at", () => {
  test("pre-flight by name and by tag, command line, submission and its report, review and catalog", async () => {
    await fc.assert(
      fc.asyncProperty(images, neighbors, policies, async (options, others, change) => {
        const policy: Policy = { ...DEFAULT_POLICY, ...change };
        expect((await market.adminSession("PUT", "/api/v1/policy", { policy })).status).toBe(200);
        const { repository, tag } = await pushed(options, others);
        const { findings, ...preflight } = await preflighted(repository);
        const wanted = linesOf(findings);
        expect(preflight.tag).toBe(tag);
        expect(linesOf((await preflighted(`${repository}:${tag}`)).findings)).toEqual(wanted);

        const id = await checked(repository);
        const submission = await get(`/api/v1/submissions/${id}`);
        expect(linesOf(submission.findings)).toEqual(wanted);
        const { report } = await get(`/api/v1/submissions/${id}/report`);
        const reported = report.findings.filter(({ code }: Line) => !NEEDS_THE_CATALOG.includes(code));
        expect(linesOf(reported)).toEqual(wanted);
        if (policy.severities.title_says_extension === undefined) {
          expect(linesOf(await printed(`${repository}:${tag}`, policy.preset))).toEqual(wanted);
        }

        if (submission.state !== "in_review") return;
        const { digest: expectedDigest } = submission.candidate;
        const decision = { decision: "approve", reason: "The property.", expectedDigest };
        expect((await market.admin("POST", `/api/v1/submissions/${id}/decision`, decision)).status).toBe(200);
        const version = await get(`/api/v1/extensions/${repository}/-/versions/${tag}`);
        expect(linesOf(version.findings)).toEqual(wanted);
        const ctx = { ...services.get(), actor: systemActor("property"), requestId: "property" };
        expect(linesOf((await getVersionCase(ctx, { repository, tag })).findings)).toEqual(wanted);
      }),
      { numRuns: 12 },
    );
  }, 180_000);
});
