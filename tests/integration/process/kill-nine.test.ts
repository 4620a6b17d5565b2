import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authSecret } from "@/lib/identity/set-up/auth-secret";
import { checkAuditChain } from "@/lib/journal/audit-check";
import { openPglite } from "@/lib/platform/db/pglite";
import { openAudit } from "@/lib/process/audit";
import { temporaryFolder } from "@/tests/support/processes/left-behind";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";
import { type Call, type ServerProcess, serverProcess, until } from "@/tests/support/servers/server-process";
import { submissionTraces } from "@/tests/support/submission-traces";

const ROUNDS = 50;
const NEW_PER_ROUND = 3;
const DECISIONS_PER_ROUND = 5;
const KILL_WITHIN_MS = 25;
const TIMEOUT_MS = 1_200_000;

let registry: DistributionRegistry;
let folder: ReturnType<typeof temporaryFolder>;
let server: ServerProcess;
let admin: Call;

beforeAll(async () => {
  registry = await startDistributionRegistry();
  folder = temporaryFolder("kill-nine");
  server = await serverProcess({ GANTRY_DATA_DIR: folder.path, GANTRY_REGISTRIES: registry.registries });
  await server.start();
  admin = server.call(await server.setUp());
});

afterAll(async () => {
  await server.child().kill();
  await registry.stop();
  folder.remove();
});

type Submission = {
  id: string;
  repository: string;
  state: string;
  candidate: { tag: string; digest: string } | null;
};

/** What a request was told, or that it was told nothing because the server died. */
type Outcome = { repository: string; act: Act; status: number | undefined };
type Act = "submit" | "approve" | "decline" | "suspended" | "active";

const nameOf = (n: number) => `${registry.host}/kill/extension-${n}`;

const submissions = async (state: string): Promise<Submission[]> =>
  (await admin("GET", `/api/v1/submissions?state=${state}&limit=100`)).body.items;

/** Some that can be decided: those that the last rounds left, as soon as their checks, killed too, have ended. */
async function waitingInReview(): Promise<Submission[]> {
  let waiting: Submission[] = [];
  await until(async () => {
    waiting = await submissions("in_review");
    return waiting.length >= NEW_PER_ROUND;
  }, "enough submissions wait for review");
  return waiting.slice(0, DECISIONS_PER_ROUND);
}

/** After some of the writes were answered and a little more, so that the next ones are under way. */
async function randomMoment(writes: Promise<Outcome>[]): Promise<void> {
  let answered = 0;
  const enough = Math.floor(Math.random() * writes.length);
  await new Promise<void>((resolve) => {
    if (enough === 0) resolve();
    for (const write of writes)
      void write.then(() => {
        answered += 1;
        if (answered === enough) resolve();
      });
  });
  await sleep(Math.random() * KILL_WITHIN_MS);
}

async function attempt(repository: string, act: Act, request: () => ReturnType<Call>): Promise<Outcome> {
  const status = await request().then(
    (answer) => answer.status,
    () => undefined,
  );
  return { repository, act, status };
}

const submit = (repository: string) =>
  attempt(repository, "submit", () => admin("POST", "/api/v1/submissions", { repository }));

const decide = ({ id, repository, candidate }: Submission, act: "approve" | "decline") =>
  attempt(repository, act, () =>
    admin("POST", `/api/v1/submissions/${id}/decision`, {
      decision: act,
      reason: "Seen.",
      expectedDigest: candidate?.digest,
    }),
  );

const toggle = (repository: string, state: "active" | "suspended") =>
  attempt(repository, state, () =>
    admin("PATCH", `/api/v1/allow-list/${repository}`, { state, reason: "Now." }),
  );

test(
  `after ${ROUNDS} times kill -9 in the middle of writes every acknowledged one is there, and none is half done`,
  async () => {
    const outcomes: Outcome[] = [];
    const entries = new Map<string, string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const fresh = Array.from({ length: NEW_PER_ROUND }, (_, n) => round * NEW_PER_ROUND + n);
      await Promise.all(
        fresh.map((n) => pushExtension(registry, `kill/extension-${n}`, "1.0.0", { withoutIndex: true })),
      );
      const waiting = round === 0 ? [] : await waitingInReview();
      const writes = [
        ...waiting.map((each, n) => decide(each, n === 2 ? "decline" : "approve")),
        ...fresh.map((n) => submit(nameOf(n))),
        ...[...entries]
          .slice(-2)
          .map(([repository, state]) => toggle(repository, state === "active" ? "suspended" : "active")),
      ];
      await randomMoment(writes);
      await server.child().kill();
      const told = await Promise.all(writes);
      outcomes.push(...told);
      await server.start();
      await checkRound(told, entries);
      for (const { repository, act, status } of told)
        if (act === "submit" && status === undefined) outcomes.push(await submit(repository));
    }
    const acknowledged = outcomes.filter(({ status }) => status !== undefined).length;
    console.info(`kill -9: ${ROUNDS} rounds, ${acknowledged} of ${outcomes.length} writes acknowledged`);
    expect(acknowledged).toBeGreaterThan(ROUNDS / 2);
    expect(acknowledged).toBeLessThan(outcomes.length);
    await finishAndCheckAll(outcomes);
  },
  TIMEOUT_MS,
);

/** Each acknowledged write of the round shows, and what was not acknowledged happened entirely or not at all. */
async function checkRound(told: Outcome[], entries: Map<string, string>): Promise<void> {
  const { items } = (await admin("GET", "/api/v1/allow-list")).body;
  const listed = new Map<string, string>(
    items.map((item: { repository: string; state: string }) => [item.repository, item.state]),
  );
  for (const { repository, act, status } of told) {
    const done = status === 200 || status === 202;
    expect(status === undefined || done, `${act} ${repository} answered ${status}`).toBe(true);
    const state = listed.get(repository);
    if (act === "approve" && done) expect(state, `${repository} was approved`).toBe("active");
    if (act === "approve" && state !== undefined) entries.set(repository, state);
    if (act === "active" || act === "suspended") {
      // A suspended entry is off the list.
      const isNow = state === "active" ? "active" : "suspended";
      if (done) expect(isNow, `${repository} was made ${act}`).toBe(act);
      entries.set(repository, isNow);
    }
  }
  const chain = (await admin("GET", "/api/v1/audit/check")).body;
  expect(chain).toMatchObject({ ok: true });
}

/** No check is lost either: each submission that was taken leaves `checking`. Then the database itself is read. */
async function finishAndCheckAll(outcomes: Outcome[]): Promise<void> {
  await until(async () => (await submissions("checking")).length === 0, "every check has ended", 120_000);
  expect((await submissions("errored")).map(({ repository }) => repository)).toEqual([]);
  await server.child().stop();
  const db = await openPglite(folder.path);
  try {
    const secret = await authSecret({ authSecret: undefined, dataDir: folder.path });
    const audit = openAudit({ auditKeys: [], dataDir: folder.path }, secret);
    expect(await checkAuditChain({ db, audit })).toMatchObject({ ok: true });
    const rows = await submissionTraces(db);
    for (const row of rows) expect(row.traces, `${row.repository} is ${row.state}`).toEqual(row.expected);
    for (const { repository, act, status } of outcomes) {
      const row = rows.find((each) => each.repository === repository);
      if (status !== undefined) expect(row, `${act} ${repository} was acknowledged`).toBeDefined();
      if (status !== undefined && act === "approve") expect(row?.state).toBe("approved");
      if (status !== undefined && act === "decline") expect(row?.state).toBe("declined");
    }
    expect(rows.filter(({ state }) => state === "approved").length).toBeGreaterThan(ROUNDS / 2);
  } finally {
    await db.close();
  }
}
