/**
 * Every write leaves its audit row, and its outbox message. An operation of the API that is
 * new, and a module that opens a transaction and is reached by no row, fail here.
 */

import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ROUTES } from "@/lib/api/table";
import { ACTS } from "@/tests/core/every-write/acts";
import { OPERATIONS } from "@/tests/core/every-write/operations";
import { type Left, openRoom, openScene, type Scene } from "@/tests/core/every-write/scene";
import { type RecordedWrite, recordedWrites } from "@/tests/support/databases/recorded-writes";
import type { TestIdentity } from "@/tests/support/identity";
import { callOperation } from "@/tests/support/in-process-api";

vi.mock("@/lib/platform/db/transact", async (importOriginal) => {
  const original = await importOriginal<typeof import("@/lib/platform/db/transact")>();
  const { recording } = await import("@/tests/support/databases/recorded-writes");
  return { ...original, transact: recording(original.transact) };
});

/** Modules whose transactions may leave no audit row, and why none is needed. */
const WITHOUT_AUDIT: Record<string, string> = {
  "due-scans": "sends a job when its time has come",
  "open-scan": "marks a job as running",
  "close-scan": "notes when the next scan is due; news have rows of their own",
  "due-reinspections": "sends a job when its time has come",
  "due-checks": "sends a job when its time has come",
  "shared-preflight": "stores what anyone can request again, and decides nothing",
  "record-outcomes": "notes the last use; a change of the alarm has a row",
  "seed-desktop-releases": "fills an empty table at the first start",
};

let room: TestIdentity;
let scene: Scene;
/** Modules that opened a transaction in any row. */
const reached = new Set<string>();

beforeAll(async () => {
  room = await openRoom();
});
afterAll(() => room?.close());

beforeEach(async () => {
  scene = await openScene(room);
});

/** What `act` left, and whether a module left no audit row that has to. */
async function leftBy(act: () => Promise<unknown>): Promise<Left & { silent: string[] }> {
  recordedWrites.length = 0;
  await act();
  const writes = [...recordedWrites];
  for (const { module } of writes) reached.add(module);
  const isSilent = ({ module, wrote, audit }: RecordedWrite) =>
    wrote && audit.length === 0 && WITHOUT_AUDIT[nameOf(module)] === undefined;
  return {
    audit: writes.flatMap(({ audit }) => audit),
    outbox: writes.flatMap(({ outbox }) => outbox),
    silent: writes.filter(isSilent).map(({ module }) => module),
  };
}

const nameOf = (module: string) => module.slice(module.lastIndexOf("/") + 1, -".ts".length);

const CALLS = Object.entries(OPERATIONS).flatMap(([operationId, rows]) =>
  rows.map((row) => ({ operationId, ...row })),
);

test.each(CALLS)(
  "$operationId leaves $leaves.audit and $leaves.outbox",
  async ({ operationId, leaves, call }) => {
    const { actor = scene.admin.actor, ...sent } = await call(scene);
    const left = await leftBy(() => callOperation(operationId, { actor, ...sent }));
    expect(left).toEqual({ ...leaves, silent: [] });
  },
);

test.each(ACTS)("$what leaves $leaves.audit and $leaves.outbox", async ({ leaves, prepare, act }) => {
  const prepared = await prepare(scene);
  const left = await leftBy(() => act(scene, prepared));
  expect(left).toEqual({ ...leaves, silent: [] });
});

test("every operation that may write has its rows", () => {
  const writing = ROUTES.filter(({ method }) => method !== "GET").map(({ operationId }) => operationId);
  expect(Object.keys(OPERATIONS).sort()).toEqual(writing.sort());
});

test("every module that opens a transaction was reached by a row", () => {
  expect([...reached].sort()).toEqual(modulesWithTransactions());
});

function modulesWithTransactions(): string[] {
  return ["lib/identity", "lib/marketplace"]
    .flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: "utf8" }).map((file) => `${room}/${file}`),
    )
    .filter((file) => file.endsWith(".ts") && /\btransact\(/.test(readFileSync(file, "utf8")))
    .sort();
}
