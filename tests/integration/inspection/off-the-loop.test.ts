import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { inspectionDocument } from "@/lib/catalog/documents/inspection-document";
import { prepareReleases } from "@/lib/extension/desktop/desktop-release";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { parseReference } from "@/lib/extension/reference/reference";
import { READ_METADATA } from "@/lib/inspection/files/metadata-task";
import { READ_CONFIG } from "@/lib/inspection/image/image-config";
import { preflight } from "@/lib/inspection/preflight";
import { compareReports } from "@/lib/marketplace/versions/difference-task";
import type { Task } from "@/lib/platform/threads/task";
import {
  closeTaskThreads,
  createTaskThreads,
  replaceTaskThreads,
  runTask,
  type TaskThreads,
} from "@/lib/platform/threads/task-threads";
import { READ_MANIFEST } from "@/lib/registry/oci/manifest-document";
import { findCollisions } from "@/lib/scanning/tags/version-tags";
import { imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import { MEDIA_TYPES, piece } from "@/scripts/demo/image/piece";
import { hostileReports } from "@/tests/bench/hostile/reports";
import { RELEASES } from "@/tests/builders/desktop-releases";
import { EXTENSION_LABELS, EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";
import { type ServedBench, startServedBench } from "@/tests/support/registries/inspect-served";
import { openClient } from "@/tests/support/registries/registry-client";

let bench: ServedBench;
beforeAll(async () => {
  bench = await startServedBench();
});
afterAll(async () => {
  await bench?.stop();
  closeTaskThreads();
});

/** How often this thread came round while each task ran in another one. */
let turnsDuring: Map<string, number>;
let threads: TaskThreads;
beforeEach(() => {
  turnsDuring = new Map();
  threads = createTaskThreads();
  replaceTaskThreads({
    async run(task, input, turn) {
      let turns = 0;
      const turning = setInterval(() => {
        turns += 1;
      }, 0);
      try {
        return await threads.run(task, input, turn);
      } finally {
        clearInterval(turning);
        turnsDuring.set(task.name, (turnsDuring.get(task.name) ?? 0) + turns);
      }
    },
    close: () => threads.close(),
  });
});
afterEach(() => threads.close());

function expectInThread(...names: string[]): void {
  expect([...turnsDuring.keys()]).toEqual(expect.arrayContaining(names));
  for (const name of names)
    expect([name, turnsDuring.get(name)]).toEqual([name, expect.toSatisfy(isPositive)]);
}

const isPositive = (turns: number) => turns > 0;
const composed = (text: string, files: Record<string, string> = {}) =>
  extensionImage({
    metadata: { ...EXTENSION_METADATA, vm: { composefile: "c.yaml" } },
    files: { "c.yaml": text, ...files },
  });
const codesOf = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

test("a compose file of a kilobyte that costs the whole budget", async () => {
  const { report } = await bench.inspectImage(
    composed(`include:\n${"  - b.yaml\n".repeat(100)}`, {
      "b.yaml": `include:\n${"  - d.yaml\n".repeat(2_000)}`,
      "d.yaml": "{}\n",
    }),
  );
  expect(codesOf(report.findings)).toContain("compose_too_complex");
  expectInThread("READ_COMPOSE");
});

test("an ordinary compose file is read where it is", async () => {
  const { report } = await bench.inspectImage(
    composed("services:\n  a: { image: acme/a:1.0.0, privileged: true }\n"),
  );
  expect(report.capabilities.privileged).toBe(true);
  expect([...turnsDuring.keys()]).toEqual([]);
});

test("metadata.json, with the report that holds it", async () => {
  const { report } = await bench.inspectImage(extensionImage({ metadata: "[".repeat(500_000) }));
  expect(codesOf(report.findings)).toContain("metadata_too_deep");
  expectInThread("READ_METADATA");
});

test("manifests, configs, labels and the search for secrets", async () => {
  const labels = {
    ...EXTENSION_LABELS,
    ...Object.fromEntries(["a", "b", "c"].map((at) => [at, "token=abc ".repeat(6_000)])),
  };
  const built = imageManifest({
    labels,
    layers: [layer([{ path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) }])],
  });
  const text = built.bytes.toString().replace(/\}$/, `,"x":[${"[],".repeat(300_000)}[]]}`);
  const manifest = { ...piece(MEDIA_TYPES.oci.manifest, text), blobs: built.blobs, platform: built.platform };
  const { report } = await bench.inspectImage(imageIndex([manifest]));
  expect(report.state).toBe("inspected");
  expectInThread("READ_MANIFEST", "READ_CONFIG", "READ_LABELS", "WRITE_REPORT");
});

test.each(["{},", "[],", "0,", '{"":0},', '"a",'])(
  "4 MiB of %s fit into the memory of a thread",
  async (unit) => {
    const content = `{"schemaVersion":2,"os":"linux","architecture":"amd64","x":[${unit.repeat(Math.floor((4 * 2 ** 20 - 100) / unit.length))}0]}`;
    const bytes = new TextEncoder().encode(content);
    const document = { bytes, contentType: MEDIA_TYPES.oci.manifest, what: "it" };
    await expect(runTask(READ_MANIFEST, document)).rejects.toMatchObject({ code: "registry_protocol" });
    expect(await runTask(READ_CONFIG, bytes)).toMatchObject({ kind: "read" });
  },
);

test("a list of 60,000 tags, and which of them are in the way of others", async () => {
  const path = "acme/many-tags";
  const tags = ["1.0.0", ...Array.from({ length: 60_000 }, (_, at) => `0.${at}.0`)];
  bench.registry.on(`/v2/${path}/tags/list`, { body: JSON.stringify({ name: path, tags }) });
  const { client, close } = openClient(bench.registry.url);
  const looked = preflight({ client, reference: parseReference(`${bench.registry.host}/${path}`) });
  await expect(looked).rejects.toMatchObject({ code: "reference_not_found" });
  await close();
  expectInThread("READ_TAG_PAGE", "SURVEY_TAGS");
  const observed = tags.map((tag) => ({ tag, digest: `sha256:${"0".repeat(64)}` }));
  expect(await findCollisions(observed)).toEqual([]);
  expectInThread("FIND_COLLISIONS");
});

test("texts of labels for the page of a pre-flight", async () => {
  const source = "> ".repeat(12).concat("a **b** [c](https://acme.example)\n").repeat(40);
  const { report } = await bench.inspectImage(
    extensionImage({ labels: { "com.docker.extension.detailed-description": source } }),
  );
  const document = await inspectionDocument(
    { tag: null, report },
    { policy: DEFAULT_POLICY, releases: prepareReleases(RELEASES) },
  );
  expect(document.detailedDescription).toContain("acme.example");
  expectInThread("RENDER_TEXT");
});

test("two reports for the page of a reviewer", async () => {
  const [before, after] = hostileReports();
  expect((await compareReports(before, after)).compose).toHaveLength(16);
  expectInThread("COMPARE_REPORTS");
});

test("a text that cannot be read in time is an error of ours, and no fact about the image", async () => {
  threads.close();
  const slow: Task<Uint8Array, unknown> = {
    ...READ_METADATA,
    module: "tests/support/programs/thread-tasks",
    name: "LOOP",
  };
  threads = createTaskThreads({ limits: { heapMebibytes: 64, silentMs: 300, startMs: 60_000 } });
  const read = runTask(slow, new Uint8Array(100_000));
  await expect(read).rejects.toMatchObject({ code: "internal", retryable: true, details: { lost: "time" } });
});
