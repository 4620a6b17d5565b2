/** Tags as publishers push them, and what reviewers and users get from them. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ExtensionImageOptions, extensionImage } from "@/tests/builders/extension-image";
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
  market = await startTestGantry({ GANTRY_REGISTRIES: `docker.io=${registry.url}` });
});
afterAll(async () => {
  await market?.close();
  await registry?.stop();
});

/** Nothing on the network. */
const OFFLINE = {
  "com.docker.desktop.extension.icon": null,
  "com.docker.extension.screenshots": null,
  "com.docker.extension.publisher-url": null,
  "com.docker.extension.additional-urls": null,
};
const ON_ARM = { platforms: [{ os: "linux", architecture: "arm64" }] };
const ON_AMD = { platforms: [{ os: "linux", architecture: "amd64" }] };

let images = 0;

/** An image with other bytes than all before. */
async function push(repository: string, tag: string, options: ExtensionImageOptions = {}): Promise<string> {
  images += 1;
  const labels = { ...OFFLINE, "com.docker.extension.changelog": `Image ${images}` };
  return pushImage(registry, repository, tag, extensionImage({ ...options, labels }));
}

async function get(path: string) {
  const { status, body } = await market.admin("GET", path);
  expect(status, `${path}: ${JSON.stringify(body)}`).toBe(200);
  return body;
}

async function submitted(repository: string) {
  const { body } = await market.admin("POST", "/api/v1/submissions", { repository });
  const read = () => get(`/api/v1/submissions/${body.id}`);
  await expect.poll(async () => (await read()).state, { timeout: 30_000 }).not.toBe("checking");
  return read();
}

async function approved(repository: string, ...tags: string[]) {
  for (const tag of tags) await push(repository, tag);
  const { id, candidate } = await submitted(repository);
  const decision = { decision: "approve", reason: "Good.", expectedDigest: candidate.digest };
  expect((await market.admin("POST", `/api/v1/submissions/${id}/decision`, decision)).status).toBe(200);
  await scanned(repository);
  return candidate;
}

async function scanned(repository: string) {
  const { body } = await market.admin("POST", `/api/v1/extensions/${repository}/-/scan?wait=30`);
  expect(["ok", "unchanged"]).toContain(body.state);
  return body;
}

const offerOf = async (repository: string, arch: string, channel = "stable") =>
  (await get(`/api/v1/extensions/${repository}/-/offer?desktop=4.50.0&arch=${arch}&channel=${channel}`)).offer
    ?.tag;
const held = async (repository: string) =>
  (await get("/api/v1/open-versions?kind=held")).items.filter(
    (item: { repository: string }) => item.repository === repository,
  );
const updateOf = async (repository: string, tag: string, digest?: string) => {
  const installed = [{ repository, tag, ...(digest && { digest }) }];
  const { body } = await market.anonymous("POST", "/api/v1/updates", {
    client: { desktop: "4.50.0", arch: "amd64" },
    installed,
  });
  return body.items[0];
};

describe("the newest version lacks a platform", () => {
  test("answers without a host name the newest for both; each host gets its own", async () => {
    const repository = "field/half";
    await approved(repository, "2.0.1");
    await push(repository, "2.1.0", ON_ARM);
    await scanned(repository);
    const extension = await get(`/api/v1/extensions/${repository}`);
    expect(extension.versions.map(({ tag }: { tag: string }) => tag)).toEqual(["2.1.0", "2.0.1"]);
    expect(extension.latest.tag).toBe("2.0.1");
    const listed = async (query = "") =>
      (await get(`/api/v1/exports/docker-desktop/extensions.txt${query}`))
        .split("\n")
        .filter((line: string) => line.includes(repository));
    expect(await listed()).toEqual([`${repository}:2.0.1`]);
    expect(await listed("?desktop=4.50.0&arch=arm64")).toEqual([`${repository}:2.1.0`]);
    expect(await listed("?desktop=4.50.0&arch=amd64")).toEqual([`${repository}:2.0.1`]);
    const items = (await get("/api/v1/allow-list")).items;
    expect(items.find((item: { repository: string }) => item.repository === repository).tag).toBe("2.0.1");
    const past = (await get(`/api/v1/allow-list?at=${new Date().toISOString()}`)).items;
    expect(past.find((item: { repository: string }) => item.repository === repository).tag).toBe("2.0.1");
    expect((await get("/v2/extensions/field_half/metadata.json")).LatestVersion.Tag).toBe("2.0.1");
    expect([await offerOf(repository, "amd64"), await offerOf(repository, "arm64")]).toEqual([
      "2.0.1",
      "2.1.0",
    ]);
  });
});

describe("tags for each platform", () => {
  test("are never versions, whatever is under them", async () => {
    const repository = "field/suffixes";
    await approved(repository, "1.0.0");
    await push(repository, "1.1.0-amd64", ON_AMD);
    await push(repository, "1.1.0-arm64", ON_ARM);
    await push(repository, "1.2.0-linux-amd64");
    const { skipped } = await scanned(repository);
    expect(
      skipped.map(({ tag, reason }: { tag: string; reason: string }) => `${tag} ${reason}`).sort(),
    ).toEqual([
      "1.1.0-amd64 platform_suffix_tag",
      "1.1.0-arm64 platform_suffix_tag",
      "1.2.0-linux-amd64 platform_suffix_tag",
    ]);
    const extension = await get(`/api/v1/extensions/${repository}`);
    expect(extension.versions.map(({ tag }: { tag: string }) => tag)).toEqual(["1.0.0"]);
    expect(extension.latestPrerelease).toBeNull();
    for (const arch of ["amd64", "arm64"])
      expect(await offerOf(repository, arch, "prerelease")).toBe("1.0.0");
  });

  test("alone, a submission says how to make one index of them", async () => {
    const repository = "field/only-suffixes";
    await push(repository, "1.1.0-amd64", ON_AMD);
    await push(repository, "1.1.0-arm64", ON_ARM);
    const { error, skippedTags } = await submitted(repository);
    expect(error.suggestion).toContain(
      `--tag ${repository}:1.1.0 ${repository}:1.1.0-amd64 ${repository}:1.1.0-arm64`,
    );
    expect(skippedTags[0].message).toContain("push one index as 1.1.0");
    const { body } = await market.admin("POST", "/api/v1/inspections", {
      reference: `${repository}:1.1.0-amd64`,
    });
    expect(body.findings).toContainEqual(
      expect.objectContaining({
        code: "tag_not_semver",
        suggestion: expect.stringContaining("Push one index as 1.1.0"),
      }),
    );
  });
});

test("later builds behind a hyphen: a note on the submission, and the version stays a prerelease", async () => {
  const repository = "field/later-builds";
  for (const tag of ["v0.8.173", "v0.8.174-1", "v0.8.176-5"]) await push(repository, tag);
  const { findings, candidate, id } = await submitted(repository);
  expect(candidate.tag).toBe("v0.8.173");
  expect(findings).toContainEqual(
    expect.objectContaining({
      code: "post_release_tag",
      severity: "info",
      message: expect.stringContaining("is a prerelease"),
    }),
  );
  const decision = { decision: "approve", reason: "Good.", expectedDigest: candidate.digest };
  await market.admin("POST", `/api/v1/submissions/${id}/decision`, decision);
  await scanned(repository);
  expect([await offerOf(repository, "amd64"), await offerOf(repository, "amd64", "prerelease")]).toEqual([
    "v0.8.173",
    "v0.8.176-5",
  ]);
  const version = await get(`/api/v1/extensions/${repository}/-/versions/v0.8.176-5`);
  expect(version.findings.map(({ code }: { code: string }) => code)).toContain("post_release_tag");
});

test("advice for other shapes of tags never leads below the version that is there", async () => {
  const repository = "field/shapes";
  for (const tag of ["1.2.3", "1.2.3.4", "1.2.3_4", "1.2", "release-1.2.4"]) await push(repository, tag);
  const { skippedTags } = await submitted(repository);
  const said = Object.fromEntries(
    skippedTags.map(({ tag, message }: { tag: string; message: string }) => [tag, message]),
  );
  expect(said["1.2.3.4"]).toContain("“1.2.4”");
  expect(said["1.2.3_4"]).toContain("“1.2.4”");
  expect(said["1.2"]).toContain("“1.2.0”");
  expect(said["release-1.2.4"]).toContain("“1.2.4”");
  expect(Object.values(said).join(" ")).not.toContain("1.2.3-4");
});

test("a calendar version after smaller ones waits for a reviewer, who is asked instead of the publisher", async () => {
  const repository = "field/calendar";
  await approved(repository, "1.4.2");
  await push(repository, "2024.5.1");
  await scanned(repository);
  const [version] = await held(repository);
  expect(version).toMatchObject({ tag: "2024.5.1", reason: { code: "findings" } });
  expect(version.findings.map(({ code }: { code: string }) => code)).toContain("version_scheme_changed");
  const act = { expectedDigest: version.digest, reason: "Calendar versions from now on." };
  const listed = await market.admin("POST", `/api/v1/extensions/${repository}/-/versions/2024.5.1/list`, act);
  expect(listed.status, JSON.stringify(listed.body)).toBe(200);
  await push(repository, "2024.6.0");
  await scanned(repository);
  expect(await offerOf(repository, "amd64")).toBe("2024.6.0");
});

describe.each([
  ["v2.0.0", "2.0.0"],
  ["2.0.0", "v2.0.0"],
])("%s is accepted, and %s is pushed with another image", (before, later) => {
  const repository = `field/collision-${before.startsWith("v") ? "v" : "plain"}`;
  let accepted: { digest: string };
  let other: string;

  test("it is held, and the scan says so", async () => {
    accepted = await approved(repository, before);
    other = await push(repository, later);
    const { skipped } = await scanned(repository);
    expect(skipped).toContainEqual(
      expect.objectContaining({
        tag: later,
        reason: "version_collision",
        message: expect.stringContaining(`${before} was there before`),
      }),
    );
    expect(await held(repository)).toMatchObject([{ tag: later, reason: { code: "version_collision" } }]);
    expect(await offerOf(repository, "amd64")).toBe(before);
    await scanned(repository);
    expect(await offerOf(repository, "amd64")).toBe(before);
  });

  test("clients of both names get true answers", async () => {
    expect(await updateOf(repository, before, accepted.digest)).toMatchObject({ action: "none" });
    expect(await updateOf(repository, before)).toMatchObject({ action: "none" });
    for (const digest of [other, undefined]) {
      const answer = await updateOf(repository, later, digest);
      expect(answer).toMatchObject({
        action: "digest_differs",
        target: { tag: before, digest: accepted.digest },
      });
    }
    expect(await updateOf(repository, later, accepted.digest)).toMatchObject({ action: "none" });
    expect(
      (await market.anonymous("GET", `/api/v1/extensions/${repository}/-/versions/${later}`)).status,
    ).toBe(404);
    expect((await get(`/api/v1/extensions/${repository}/-/versions/${before}`)).digest).toBe(accepted.digest);
  });

  test("a reviewer can list it only after the other one went", async () => {
    const act = (tag: string, name: string, body: object) =>
      market.admin("POST", `/api/v1/extensions/${repository}/-/versions/${tag}/${name}`, body);
    const list = { expectedDigest: other, reason: "This one." };
    const refused = await act(later, "list", list);
    expect(refused).toMatchObject({ status: 422, body: { code: "illegal_state" } });
    expect((await act(before, "hold", { reason: "The other one." })).status).toBe(200);
    expect((await act(later, "list", list)).status).toBe(200);
    expect(await offerOf(repository, "amd64")).toBe(later);
    expect(await updateOf(repository, before, accepted.digest)).toMatchObject({ action: "digest_differs" });
  });
});
