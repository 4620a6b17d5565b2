/**
 * How fast anonymous catalog pages are from memory, next to the same pages made by Next for each request: one server,
 * asked in turns. A query parameter that no page knows is what makes a page an ordinary one.
 */

import { forkServer, medianOf, type Sample, sample } from "@/tests/bench/forked";
import { loadGenerator } from "@/tests/bench/load";
import { send } from "@/tests/support/send";

type Scenario = { title: string; path: string; headers: Record<string, string> };

const GZIP = { "accept-encoding": "gzip" };
const EXTENSION = "/extensions/acme/extension-007";

const SCENARIOS: readonly Scenario[] = [
  { title: "the catalog", path: "/", headers: {} },
  { title: "the catalog, gzip", path: "/", headers: GZIP },
  { title: "one extension", path: EXTENSION, headers: {} },
  { title: "one extension, gzip", path: EXTENSION, headers: GZIP },
  { title: "the allow-list, gzip", path: "/allow-list", headers: GZIP },
];

const ORDINARY = "?ordinary=1";
const ROUNDS = 3;
const ROUND_SECONDS = 3;
const CONNECTIONS = 8;
const WARM_UP_SECONDS = 1;
const TARGET = 30;

const load = loadGenerator();
console.log(
  `${load.name}, ${CONNECTIONS} connections, ${ROUNDS} × ${ROUND_SECONDS} s each in turns; target ≥ ${TARGET}×\n`,
);
const server = await forkServer("pages-server", { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
try {
  let met = 0;
  for (const scenario of SCENARIOS) if (await measure(scenario)) met += 1;
  console.log(`\n${met} of ${SCENARIOS.length} met the target`);
} finally {
  server.child.disconnect();
}

async function measure({ title, path, headers }: Scenario): Promise<boolean> {
  const kept = await send(server.origin, path, { headers });
  const ordinary = await send(server.origin, `${path}${ORDINARY}`, { headers });
  requireCacheControl("private, no-cache", kept.headers["cache-control"], path);
  requireCacheControl("no-store", ordinary.headers["cache-control"], path + ORDINARY);
  const samples: { kept: Sample[]; ordinary: Sample[] } = { kept: [], ordinary: [] };
  const options = { headers, connections: CONNECTIONS, seconds: ROUND_SECONDS };
  for (const asked of [path + ORDINARY, path])
    await load.run({ ...options, origin: server.origin, path: asked, seconds: WARM_UP_SECONDS });
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.ordinary.push(await sample(server, load, { ...options, path: path + ORDINARY }));
    samples.kept.push(await sample(server, load, { ...options, path }));
  }
  const [ours, theirs] = [medianOf(samples.kept), medianOf(samples.ordinary)];
  const ratio = ours.perSecond / theirs.perSecond;
  console.log(
    `${title} (${kept.bytes.byteLength} bytes): ${Math.round(ours.perSecond)}/s from memory, ` +
      `${theirs.perSecond.toFixed(1)}/s by Next = ${ratio.toFixed(0)}× ${ratio >= TARGET ? "met" : "MISSED"}; ` +
      `CPU per page ${ours.cpuMicros.toFixed(0)} µs against ${theirs.cpuMicros.toFixed(0)} µs ` +
      `= ${(theirs.cpuMicros / ours.cpuMicros).toFixed(0)}×`,
  );
  return ratio >= TARGET;
}

/** Else the two would not be what they are said to be. */
function requireCacheControl(expected: string, found: string | undefined, path: string): void {
  if (found !== expected) throw new Error(`${path} came with cache-control ${found}, not ${expected}`);
}
