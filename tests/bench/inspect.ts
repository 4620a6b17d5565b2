/**
 * What a scan of many new tags costs, next to `skopeo inspect --no-tags` run once per tag and platform on the same
 * registry: requests, bytes and time, without and with a pause per request. skopeo runs on a sample, and its time is
 * given per tag; both take turns, so that what else the machine does affects both alike.
 */

import { execFile } from "node:child_process";
import { once } from "node:events";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { parseRepository } from "@/lib/extension/reference/repository";
import { inspect } from "@/lib/inspection/inspect";
import { layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { mapConcurrently } from "@/lib/platform/map-concurrently";
import { rememberingClient } from "@/lib/scanning/remembering-client";
import { forkServer } from "@/tests/bench/forked";
import { BENCH_PATH, NAMED_FILES_PATH } from "@/tests/bench/inspect-fixture";
import type { Asked } from "@/tests/bench/servers/slow-registry";
import { startMarketplace, type TestMarketplace } from "@/tests/support/marketplace";
import { openClient } from "@/tests/support/registries/registry-client";

const TAGS = Number(process.env.BENCH_TAGS ?? 1000);
const SAMPLE = Math.min(50, TAGS);
/** As many as a scan searches for named files. */
const NAMED_TAGS = 5;
const RUNS = [
  { delayMs: 0, target: 5 },
  { delayMs: 30, target: 12 },
];

console.log(`${TAGS} tags of two platforms, 12 MB each; skopeo on ${SAMPLE} of them\n`);
const registry = await forkServer("slow-registry", {
  BENCH_TAGS: `${TAGS}`,
  BENCH_NAMED_TAGS: `${NAMED_TAGS}`,
});
const host = registry.origin.replace("http://", "");
const repository = `${host}/${BENCH_PATH}`;
try {
  for (const { delayMs, target } of RUNS) await measure(delayMs, target);
  await measureNamedFiles();
  await measureScans();
} finally {
  registry.child.kill();
}
process.exit(0);

/** The requests since the last call; from now on each answer takes `delayMs` longer. */
async function askedSince(delayMs: number): Promise<Asked> {
  const answer = once(registry.child, "message");
  registry.child.send({ delayMs });
  return (await answer)[0];
}

async function measure(delayMs: number, target: number): Promise<void> {
  console.log(`— ${delayMs} ms more per request —`);
  const theirs = await skopeo(delayMs);
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const startedAt = performance.now();
  const { layerBytes, memoryMiB } = await inspectAll();
  const perTag = (performance.now() - startedAt) / TAGS;
  lag.disable();
  const asked = await askedSince(delayMs);
  const ratio = theirs / perTag;
  const most = TAGS * 5 + 10;
  const verdict = (isMet: boolean) => (isMet ? "met" : "MISSED");
  console.log(
    `  Gantry ${perTag.toFixed(2)} ms per tag, skopeo ${theirs.toFixed(1)} ms per tag = ${ratio.toFixed(1)}× ` +
      `(target ${target}×) ${verdict(ratio >= target)}`,
  );
  console.log(
    `  ${asked.requests} requests (target ≤ ${most}) ${verdict(asked.requests <= most)}; ${asked.bytes} bytes, of which ` +
      `${layerBytes} of layers; asked for twice: ${asked.twice.length === 0 ? "nothing" : asked.twice.join(", ")}`,
  );
  console.log(
    `  event loop: p99 ${(lag.percentile(99) / 1e6).toFixed(1)} ms, longest ${(lag.max / 1e6).toFixed(0)} ms; ` +
      `memory of the process with its threads ${memoryMiB} MiB\n`,
  );
}

/** As a scan does it: the first image alone, then several at a time, with what they share remembered. */
async function inspectAll(): Promise<{ layerBytes: number; memoryMiB: number }> {
  const { client: plain, close } = openClient(registry.origin);
  const client = rememberingClient(plain.prioritized("background").metered());
  const name = parseRepository(repository);
  const layerFacts = layerFactsInMemory();
  let layerBytes = 0;
  let memoryMiB = 0;
  const { tags } = await client.tags(name);
  const newest = new Set(tags.slice(-NAMED_TAGS));
  const look = async (reference: string) => {
    const namedFiles = newest.has(reference) ? ("look_up" as const) : ("leave_out" as const);
    const { report } = await inspect({ client, repository: name, reference, layerFacts, namedFiles });
    if (report.state !== "inspected" || report.metadata?.proof !== "full") throw new Error(reference);
    layerBytes += report.cost.layerBytes;
    memoryMiB = Math.max(memoryMiB, Math.round(process.memoryUsage().rss / 2 ** 20));
  };
  for (const tag of tags.splice(0, 1)) await look(tag);
  await mapConcurrently(tags, 8, look);
  await close();
  return { layerBytes, memoryMiB };
}

/**
 * What the search for named files adds: where they are in the layers that are read anyway, where one is in the lowest
 * layer, and for the next versions with the same layers.
 */
async function measureNamedFiles(): Promise<void> {
  console.log("— files that metadata.json names, in images of two platforms —");
  const { client, close } = openClient(registry.origin);
  const costOf = async (path: string, namedFiles: "look_up" | "leave_out", tags: number) => {
    const layerFacts = layerFactsInMemory();
    const cost = { requests: 0, layerBytes: 0 };
    for (let patch = 0; patch < tags; patch += 1) {
      const name = parseRepository(`${host}/${path}`);
      const { report } = await inspect({
        client,
        ...{ repository: name, reference: `1.0.${patch}`, layerFacts, namedFiles },
      });
      cost.requests += report.cost.requests;
      cost.layerBytes += report.cost.layerBytes;
    }
    return cost;
  };
  const cases = [
    ["a page above metadata.json, one version", BENCH_PATH, 1],
    ["a host file in the lowest layer, one version", NAMED_FILES_PATH, 1],
    [`the same, ${NAMED_TAGS} versions that share their layers`, NAMED_FILES_PATH, NAMED_TAGS],
  ] as const;
  for (const [what, path, tags] of cases) {
    const without = await costOf(path, "leave_out", tags);
    const searched = await costOf(path, "look_up", tags);
    const added = searched.layerBytes - without.layerBytes;
    console.log(
      `  ${what}: ${added} bytes of layers and ${searched.requests - without.requests} requests added to ` +
        `${without.layerBytes} bytes and ${without.requests} requests`,
    );
  }
  await close();
  console.log();
}

/** Listing, and then scanning again with nothing new, with the embedded database. */
async function measureScans(): Promise<void> {
  console.log("— a scan with the embedded database —");
  const market = await startMarketplace("pglite", registry.origin);
  try {
    await askedSince(0);
    const startedAt = performance.now();
    await approve(market);
    const perTag = (performance.now() - startedAt) / TAGS;
    const first = await askedSince(0);
    const again = await waitForScan(market);
    const rescan = await askedSince(0);
    console.log(
      `  submitted, approved and all listed: ${perTag.toFixed(2)} ms per tag, ${first.requests} requests`,
    );
    console.log(`  scan again: ${again.state}, ${rescan.requests} requests, ${rescan.bytes} bytes of bodies`);
  } finally {
    await market.close();
  }
}

/** Till the scan that it begins has ended. */
async function approve(market: TestMarketplace): Promise<void> {
  await market.approve(repository).catch(async (error: unknown) => {
    if (!isImpatient(error)) throw error;
    await waitForScan(market);
  });
}

async function waitForScan(market: TestMarketplace) {
  for (;;) {
    try {
      return await market.scan(repository);
    } catch (error) {
      // Asking again joins the one that runs.
      if (!isImpatient(error)) throw error;
    }
  }
}

/** The scan of many tags takes longer than a test waits. */
function isImpatient(error: unknown): boolean {
  return String(error).includes("waited in vain");
}

/** Milliseconds per tag, both platforms. */
async function skopeo(delayMs: number): Promise<number> {
  await askedSince(delayMs);
  const startedAt = performance.now();
  for (let patch = 0; patch < SAMPLE; patch += 1) {
    for (const architecture of ["amd64", "arm64"]) {
      const image = `docker://${repository}:1.0.${patch}`;
      const how = ["--tls-verify=false", "--no-tags", "--override-arch", architecture];
      await promisify(execFile)("skopeo", ["inspect", ...how, image]);
    }
  }
  const perTag = (performance.now() - startedAt) / SAMPLE;
  const { requests } = await askedSince(delayMs);
  console.log(`  skopeo: ${(requests / SAMPLE).toFixed(1)} requests per tag`);
  return perTag;
}
