/**
 * How fast public reads are, next to a bare node:http server that sends the same bytes: both run as processes of
 * their own and are asked in turns, so that what else the machine does hits both alike.
 */

import { once } from "node:events";
import type { BareAnswer } from "@/tests/bench/bare-server";
import { forkServer, medianOf, type Sample, sample } from "@/tests/bench/forked";
import { loadGenerator } from "@/tests/bench/load";
import { send } from "@/tests/support/send";

type Scenario = { title: string; path: string; headers: Record<string, string>; conditional?: true };

const EXTENSION = "/api/v1/extensions/acme/extension-007";
const PAGE = "/api/v1/extensions?limit=50";
const GZIP = { "accept-encoding": "gzip" };

const SCENARIOS: readonly Scenario[] = [
  { title: "one extension", path: EXTENSION, headers: {} },
  { title: "one extension, gzip", path: EXTENSION, headers: GZIP },
  { title: "a page of 50", path: PAGE, headers: {} },
  { title: "a page of 50, gzip", path: PAGE, headers: GZIP },
  { title: "one extension, 304", path: EXTENSION, headers: {}, conditional: true },
];

const ROUNDS = 5;
const ROUND_SECONDS = 2;
const CONNECTIONS = 32;
const TARGET = 0.7;

const load = loadGenerator();
console.log(
  `${load.name}, ${CONNECTIONS} connections, ${ROUNDS} × ${ROUND_SECONDS} s each in turns; target ≥ ${TARGET}×\n`,
);
const gantry = await forkServer("gantry-server");
const bare = await forkServer("bare-server");
try {
  let met = 0;
  for (const scenario of SCENARIOS) if (await measure(scenario)) met += 1;
  console.log(`\n${met} of ${SCENARIOS.length} met the target`);
} finally {
  for (const { child } of [gantry, bare]) child.kill();
}

async function measure({ title, path, headers, conditional }: Scenario): Promise<boolean> {
  const first = await send(gantry.origin, path, { headers });
  const asked = conditional ? { ...headers, "if-none-match": String(first.headers.etag) } : headers;
  const answer = await send(gantry.origin, path, { headers: asked });
  await teach({
    status: answer.status,
    body: answer.bytes.toString("base64"),
    headers: conditional
      ? { etag: String(answer.headers.etag) }
      : {
          "content-type": String(answer.headers["content-type"]),
          "content-length": String(answer.bytes.byteLength),
        },
  });
  const samples: { bare: Sample[]; gantry: Sample[] } = { bare: [], gantry: [] };
  const options = { path, headers: asked, connections: CONNECTIONS, seconds: ROUND_SECONDS };
  for (let round = 0; round < ROUNDS; round += 1) {
    samples.bare.push(await sample(bare, load, options));
    samples.gantry.push(await sample(gantry, load, options));
  }
  const [ours, theirs] = [medianOf(samples.gantry), medianOf(samples.bare)];
  const ratio = ours.perSecond / theirs.perSecond;
  const isMet = ratio >= TARGET;
  console.log(
    `${title} (${answer.status}, ${answer.bytes.byteLength} bytes): Gantry ${Math.round(ours.perSecond)}/s, ` +
      `node:http ${Math.round(theirs.perSecond)}/s = ${ratio.toFixed(2)}× ${isMet ? "met" : "MISSED"}; ` +
      `CPU per request ${ours.cpuMicros.toFixed(1)} µs against ${theirs.cpuMicros.toFixed(1)} µs`,
  );
  return isMet;
}

async function teach(answer: BareAnswer): Promise<void> {
  bare.child.send(answer);
  await once(bare.child, "message");
}
