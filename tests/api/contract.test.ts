import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { problemSchema } from "@/lib/api/schemas/problem";
import { ROUTES } from "@/lib/api/table";
import { ERROR_CODES } from "@/lib/platform/error-codes";
import { extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions, writeReleases } from "@/tests/builders/catalog-rows";
import { openContract } from "@/tests/support/contract";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";
import type { Sent } from "@/tests/support/send";
import { shapeLines } from "@/tests/support/shape-lines";

const PUBLIC = ROUTES.filter(({ access }) => access === "public");

const INSTALLED = [
  { repository: "acme/full", tag: "1.0.0" },
  { repository: "acme/full", tag: "1.1.0" },
  { repository: "acme/suspended", tag: "1.0.0" },
  null,
];

/** A path to get, or what to post where. */
type Example = string | { post: string; body: unknown };

/** Requests for every public operation: what it answers when all is well, and when something is wrong. */
const EXAMPLES: Record<string, { good: readonly Example[]; bad: readonly Example[] }> = {
  listExtensions: {
    good: [
      "/api/v1/extensions",
      "/api/v1/extensions?q=lens&limit=1",
      "/api/v1/extensions?desktop=4.44.0&arch=amd64&os=darwin&channel=prerelease",
      "/api/v1/extensions?desktop=4.8.0&arch=amd64&sort=updated",
      "/api/v1/extensions?desktop=4.44.0&arch=amd64&compatible=true&capability=ui&sort=new",
    ],
    bad: [
      "/api/v1/extensions?limit=0",
      "/api/v1/extensions?cursor=x",
      "/api/v1/extensions?desktop=4.44.0",
      "/api/v1/extensions?desktop=new&arch=amd64",
      "/api/v1/extensions?arch=amd64&api=0.3.4&desktop=4.44.0",
      "/api/v1/extensions?category=nothing",
      "/api/v1/extensions?platform=linux",
      "/api/v1/extensions?sort=title",
      "/api/v1/extensions?capability=everything",
      "/api/v1/extensions?compatible=true",
      "/api/v1/extensions?offset=201",
    ],
  },
  getCatalog: {
    good: ["/api/v1/catalog", "/api/v1/catalog?since=0", "/api/v1/catalog?since=1"],
    bad: [
      "/api/v1/catalog?since=",
      "/api/v1/catalog?since=-1",
      "/api/v1/catalog?since=x",
      "/api/v1/catalog?limit=5",
    ],
  },
  getExtension: {
    good: [
      "/api/v1/extensions/acme/full",
      "/api/v1/extensions/acme/suspended",
      "/api/v1/extensions/acme/bare",
    ],
    bad: ["/api/v1/extensions/acme/unknown", "/api/v1/extensions/alone", "/api/v1/extensions/acme/full?x=1"],
  },
  getVersion: {
    good: [
      "/api/v1/extensions/acme/full/-/versions/1.0.0",
      "/api/v1/extensions/acme/full/-/versions/1.1.0",
      "/api/v1/extensions/acme/full/-/versions/2.0.0-rc.1",
      "/api/v1/extensions/acme/bare/-/versions/1.0.0",
    ],
    bad: [
      "/api/v1/extensions/acme/full/-/versions/9.9.9",
      "/api/v1/extensions/acme/unknown/-/versions/1.0.0",
    ],
  },
  getOffer: {
    good: [
      "/api/v1/extensions/acme/full/-/offer?desktop=4.44.0&arch=arm64",
      "/api/v1/extensions/acme/full/-/offer?desktop=4.8.0&arch=arm64",
      "/api/v1/extensions/acme/full/-/offer?api=0.3.4&arch=riscv64",
      "/api/v1/extensions/acme/suspended/-/offer?api=0.3.4&arch=amd64",
    ],
    bad: ["/api/v1/extensions/acme/full/-/offer", "/api/v1/extensions/acme/full/-/offer?arch=amd64&os=beos"],
  },
  getCompatibility: {
    good: [
      "/api/v1/extensions/acme/full/-/compatibility",
      "/api/v1/extensions/acme/suspended/-/compatibility",
      "/api/v1/extensions/acme/bare/-/compatibility",
    ],
    bad: [
      "/api/v1/extensions/acme/unknown/-/compatibility",
      "/api/v1/extensions/acme/full/-/compatibility?arch=amd64",
    ],
  },
  getBadge: {
    good: [
      "/api/v1/extensions/acme/full/-/badge.svg",
      "/api/v1/extensions/acme/suspended/-/badge.svg?kind=platforms",
      "/api/v1/extensions/acme/bare/-/badge.svg?kind=compatibility",
    ],
    bad: ["/api/v1/extensions/acme/full/-/badge.svg?kind=stars"],
  },
  getAllowList: {
    good: ["/api/v1/allow-list", "/api/v1/allow-list?at=2020-01-01T00:00:00Z"],
    bad: ["/api/v1/allow-list?at=soon", "/api/v1/allow-list?at=2999-01-01T00:00:00Z"],
  },
  checkUpdates: {
    good: [
      { post: "/api/v1/updates", body: { client: { api: "0.3.4", arch: "amd64" }, installed: INSTALLED } },
      { post: "/api/v1/updates", body: { client: { desktop: "4.44.0", arch: "arm64" }, installed: [] } },
    ],
    bad: [
      { post: "/api/v1/updates", body: { client: {}, installed: [] } },
      { post: "/api/v1/updates?x=1", body: { client: { api: "0.3.4", arch: "amd64" }, installed: [] } },
    ],
  },
  getBlocklist: { good: ["/api/v1/blocklist"], bad: ["/api/v1/blocklist?since=1"] },
  getAllowListDifference: {
    good: [
      "/api/v1/allow-list/diff?from=2020-01-01T00:00:00Z",
      "/api/v1/allow-list/diff?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00%2B01:00",
    ],
    bad: [
      "/api/v1/allow-list/diff",
      "/api/v1/allow-list/diff?from=yesterday",
      "/api/v1/allow-list/diff?from=2999-01-01T00:00:00Z",
      "/api/v1/allow-list/diff?from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00Z",
      "/api/v1/allow-list/diff?from=2021-01-01T00:00:00Z&to=2020-01-01T00:00:00Z",
    ],
  },
  listCategories: { good: ["/api/v1/categories"], bad: ["/api/v1/categories?x=1"] },
  listDesktopReleases: { good: ["/api/v1/desktop-releases"], bad: ["/api/v1/desktop-releases?limit=1"] },
  getHubMarketplace: {
    good: ["/v2/extensions/marketplace.json"],
    bad: ["/v2/extensions/marketplace.json?page=1"],
  },
  getHubMetadata: {
    good: ["/v2/extensions/acme_full/metadata.json"],
    bad: ["/v2/extensions/acme_unknown/metadata.json", "/v2/extensions/full/metadata.json"],
  },
  exportDockerDesktopExtensions: {
    good: [
      "/api/v1/exports/docker-desktop/extensions.txt",
      "/api/v1/exports/docker-desktop/extensions.txt?desktop=4.18&arch=arm64",
    ],
    bad: ["/api/v1/exports/docker-desktop/extensions.txt?desktop=4.18"],
  },
  exportDockerDesktopSettings: { good: ["/api/v1/exports/docker-desktop/admin-settings.json"], bad: [] },
  exportRancherDesktopAllowed: {
    good: [
      "/api/v1/exports/rancher-desktop/allowed.json",
      "/api/v1/exports/rancher-desktop/allowed.json?version=11",
    ],
    bad: ["/api/v1/exports/rancher-desktop/allowed.json?version=new"],
  },
  exportPodmanDesktopCatalog: {
    good: ["/api/v1/exports/podman-desktop/extensions.json"],
    bad: ["/api/v1/exports/podman-desktop/extensions.json?limit=1"],
  },
  getFeed: { good: ["/feed.atom"], bad: ["/feed.atom?limit=1"] },
  getExtensionFeed: {
    good: ["/api/v1/extensions/acme/full/-/feed.atom", "/api/v1/extensions/acme/suspended/-/feed.atom"],
    bad: ["/api/v1/extensions/acme/unknown/-/feed.atom"],
  },
  getSitemap: {
    good: ["/sitemap.xml", "/sitemap.xml?part=1"],
    bad: ["/sitemap.xml?part=2", "/sitemap.xml?part=0"],
  },
  getSecurityText: { good: ["/.well-known/security.txt"], bad: ["/.well-known/security.txt?x=1"] },
  getRobots: { good: ["/robots.txt"], bad: ["/robots.txt?x=1"] },
  getMedia: { good: [], bad: ["/api/v1/media/none"] },
  getOpenApi: { good: ["/api/v1/openapi.json"], bad: [] },
};

let api: PublicApi;
const contract = openContract();

beforeAll(async () => {
  api = await startPublicApi();
  await writeReleases(api.db);
  const nothing = { title: null, description: null, vendor: null, apiVersion: null, publisherUrl: null };
  const none = { changelog: null, detailedDescription: null, licenses: null, source: null, screenshots: [] };
  await writeExtensions(
    api.db,
    extensionRecord("docker.io/acme/full", {
      deprecated: { message: "Use bare.", replacement: "acme/bare" },
      movedTo: "docker.io/acme/bare",
      entry: { expiresAt: new Date("2999-01-01T00:00:00Z") },
      versions: [
        versionRecord("1.0.0", { moved: { digest: "sha256:0", seenAt: "2026-11-02T00:00:00.000Z" } }),
        versionRecord("1.1.0", { visibility: "yanked", reason: { code: "yanked", message: "Broken." } }),
        versionRecord("2.0.0-rc.1"),
      ],
    }),
    extensionRecord("docker.io/acme/suspended", { entry: { state: "suspended" } }),
    extensionRecord("docker.io/acme/bare", {
      versions: [
        versionRecord("1.0.0", {
          listedAt: null,
          report: {
            icon: null,
            metadata: null,
            requirements: [],
            labels: { ...nothing, ...none, additionalUrls: [] },
          },
        }),
      ],
    }),
  );
  await api.catalog.refresh();
});

afterAll(() => api.close());

test("every public operation has examples here", () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(PUBLIC.map(({ operationId }) => operationId).sort());
});

describe.each(PUBLIC.map((route) => [route.operationId, route] as const))("%s", (operationId, route) => {
  const { good, bad } = EXAMPLES[operationId] ?? { good: [], bad: [] };

  test.each(good)("%s answers what its schema says, and nothing that it does not say", async (example) => {
    const answer = await ask(example);
    expect(answer.status).toBe(200);
    contract.expect(operationId, given(answer));
    const schema = route.answers[200]?.schema;
    if (schema !== undefined) expectExactly(schema, answer.json());
  });

  test.each(bad)("%s is a problem with a code of the table", async (example) => {
    const answer = await ask(example);
    expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
    contract.expect(operationId, given(answer));
    const problem = expectExactly(problemSchema, answer.json());
    const known = Object.entries(ERROR_CODES).find(([code]) => code === problem.code)?.[1];
    expect(known).toEqual({ status: answer.status, title: problem.title });
    expect(problem.status).toBe(answer.status);
    expect(problem.suggestion).not.toBeNull();
    expect(problem.requestId).toBe(answer.headers["x-request-id"]);
  });
});

test("what v1 answers keeps its fields and their types: lines may come, and none may go", async () => {
  const shapes: string[] = [];
  for (const [operationId, { good }] of Object.entries(EXAMPLES)) {
    const answers = await Promise.all(good.map(ask));
    const bodies = answers.filter(isJson).map((answer) => answer.json());
    if (operationId !== "getOpenApi") shapes.push(...shapeLines(operationId, bodies));
  }
  await expect(`${shapes.sort().join("\n")}\n`).toMatchFileSnapshot("golden/v1-shapes.txt");
});

function given(answer: Sent) {
  const contentType = answer.headers["content-type"];
  return { status: answer.status, contentType, body: isJson(answer) ? answer.json() : answer.text };
}

function isJson({ headers }: Sent): boolean {
  return headers["content-type"]?.includes("json") ?? false;
}

function ask(example: Example) {
  if (typeof example === "string") return api.send(example);
  const headers = { "content-type": "application/json" };
  return api.send(example.post, { method: "POST", headers, body: JSON.stringify(example.body) });
}

/** Parsing drops what the schema does not know, so that a field which nobody declared shows up as a difference. */
function expectExactly<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.parse(value);
  expect(value).toEqual(parsed);
  return parsed;
}
