/**
 * What the memories of the update check save: CPU microseconds for each request with and without them, over one body that
 * a client repeats and over 10,000 bodies that all differ. Every round runs the variants in turns. `updates.ts [extensions…]`.
 */

import { parseBody } from "@/lib/api/requests/input";
import { updatesInput } from "@/lib/api/schemas/updates";
import { updatesJson } from "@/lib/catalog/queries/updates";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { UpdateAnswers } from "@/lib/catalog/snapshot/update-answers";
import { knownText } from "@/lib/catalog/snapshot/update-bodies";
import { prepareReleases } from "@/lib/extension/desktop/desktop-release";
import { madeExtension, randomNumbers } from "@/tests/bench/made-extensions";
import { catalogRecords } from "@/tests/builders/catalog-records";
import { RELEASES } from "@/tests/builders/desktop-releases";

const VERSIONS = 20;
const ITEMS = 20;
const BODIES = 10_000;
const ROUNDS = 3;
/** Most of a fleet has the same few extensions, in their latest versions. */
const POPULAR = { extensions: 100, versions: 3 };

type Variant = { title: string; answer(snapshot: Snapshot, body: Buffer): void };

const VARIANTS: readonly Variant[] = [
  { title: "as it is", answer: answerByBody },
  { title: "without updateBodies", answer: answerFromBody },
  {
    title: "nor updateAnswers",
    answer: (snapshot, body) => answerFromBody({ ...snapshot, updateAnswers: new UpdateAnswers(0) }, body),
  },
  { title: "without any memory", answer: (snapshot, body) => answerFromBody(forgetful(snapshot), body) },
];

const asked = process.argv.slice(2).map(Number);
for (const extensions of asked.length > 0 ? asked : [1_000, 10_000]) measureAll(extensions);

function measureAll(extensions: number): void {
  const records = catalogRecords(
    Array.from({ length: extensions }, (_none, at) => madeExtension(at, VERSIONS)),
  );
  const names = [...records.extensions.keys()].map((name) => name.replace("docker.io/", ""));
  const [one = Buffer.alloc(0)] = bodiesOf({ names, versions: VERSIONS, count: 1, desktops: ["4.44.0"] });
  const hosts = RELEASES.map(({ version }) => version);
  const loads: Record<string, Buffer[]> = {
    "the same body": Array.from({ length: BODIES }, () => one),
    "different bodies, popular versions": bodiesOf({
      names: names.slice(0, POPULAR.extensions),
      versions: POPULAR.versions,
      count: BODIES,
      desktops: hosts,
    }),
    "different bodies, one host": bodiesOf({
      names,
      versions: VERSIONS,
      count: BODIES,
      desktops: ["4.44.0"],
    }),
    "different bodies, many hosts": bodiesOf({ names, versions: VERSIONS, count: BODIES, desktops: hosts }),
  };
  console.log(`\n${extensions} extensions with ${VERSIONS} versions each, ${ITEMS} of them in each request`);
  for (const [title, bodies] of Object.entries(loads)) measure(title, records, bodies);
}

function measure(title: string, records: ReturnType<typeof catalogRecords>, bodies: readonly Buffer[]): void {
  const times = VARIANTS.map(() => [] as number[]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, variant] of VARIANTS.entries()) {
      const snapshot = buildSnapshot(records, new Date());
      for (const { repository } of snapshot.all) snapshot.find(repository);
      const begun = process.cpuUsage();
      for (const body of bodies) variant.answer(snapshot, body);
      const { user, system } = process.cpuUsage(begun);
      times[index]?.push((user + system) / bodies.length);
    }
  }
  for (const [index, variant] of VARIANTS.entries())
    console.log(`${title}: ${variant.title}: ${median(times[index] ?? []).toFixed(1)} µs a request`);
}

function answerByBody(snapshot: Snapshot, body: Buffer): void {
  if (snapshot.updateBodies.get(body) !== undefined) return;
  snapshot.updateBodies.set(body, answerFromBody(snapshot, body));
}

function answerFromBody(snapshot: Snapshot, body: Buffer): ReturnType<typeof knownText> {
  const { client, installed } = updatesInput.parse(parseBody(updatesInput, body));
  return knownText(updatesJson(snapshot, client, installed));
}

/** Answers for hosts that the table of releases lacks are not remembered. */
function forgetful(snapshot: Snapshot): Snapshot {
  return { ...snapshot, evaluation: { ...snapshot.evaluation, releases: prepareReleases([]) } };
}

type Fleet = { names: readonly string[]; versions: number; count: number; desktops: readonly string[] };

function bodiesOf({ names, versions, count, desktops }: Fleet): Buffer[] {
  const random = randomNumbers(1);
  const below = (max: number) => Math.floor(random() * max);
  return Array.from({ length: count }, () => {
    const installed = Array.from({ length: ITEMS }, () => ({
      repository: names[below(names.length)],
      tag: `1.${VERSIONS - 1 - below(versions)}.0`,
    }));
    const client = { desktop: desktops[below(desktops.length)], arch: below(2) === 0 ? "amd64" : "arm64" };
    return Buffer.from(JSON.stringify({ client, installed }));
  });
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
