/**
 * Rounds of writes that `kill -9` cuts off. After each one every acknowledged write must be there, and every other
 * must have happened entirely or not at all.
 */

import { expect } from "vitest";
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

type Act = "submit" | "approve" | "decline" | "suspended" | "active";
/** `status` is undefined when the server died before it answered. */
export type Outcome = { repository: string; act: Act; status: number | undefined };
type Submission = {
  id: string;
  repository: string;
  state: string;
  candidate: { tag: string; digest: string } | null;
};

/** Resolves when the server is to be killed, while some of these writes are under way. */
export type KillMoment = (writes: readonly Promise<Outcome>[]) => Promise<unknown>;

const NEW_PER_ROUND = 3;
const DECISIONS_PER_ROUND = 5;

export class KillRounds {
  readonly outcomes: Outcome[] = [];
  readonly #entries = new Map<string, string>();
  #rounds = 0;

  private constructor(
    private readonly registry: DistributionRegistry,
    private readonly folder: ReturnType<typeof temporaryFolder>,
    private readonly server: ServerProcess,
    private readonly admin: Call,
  ) {}

  static async start(): Promise<KillRounds> {
    const registry = await startDistributionRegistry();
    const folder = temporaryFolder("kill-nine");
    const server = await serverProcess({
      GANTRY_DATA_DIR: folder.path,
      GANTRY_REGISTRIES: registry.registries,
    });
    await server.start();
    return new KillRounds(registry, folder, server, server.call(await server.setUp()));
  }

  async close(): Promise<void> {
    await this.server.kill();
    await this.registry.stop();
    this.folder.remove();
  }

  get acknowledged(): number {
    return this.outcomes.filter(({ status }) => status !== undefined).length;
  }

  /** One round: writes of every kind at once, the kill, a new start, and what the server shows then. */
  async round(killMoment: KillMoment): Promise<void> {
    const writes = await this.#writes();
    await killMoment(writes);
    await this.server.child().kill();
    const told = await Promise.all(writes);
    this.outcomes.push(...told);
    await this.server.start();
    await this.#check(told);
    for (const { repository, act, status } of told)
      if (act === "submit" && status === undefined) this.outcomes.push(await this.#submit(repository));
  }

  async #writes(): Promise<Promise<Outcome>[]> {
    const fresh = Array.from({ length: NEW_PER_ROUND }, (_, n) => this.#rounds * NEW_PER_ROUND + n);
    await Promise.all(
      fresh.map((n) => pushExtension(this.registry, `kill/extension-${n}`, "1.0.0", { withoutIndex: true })),
    );
    const waiting = this.#rounds === 0 ? [] : await this.#waitingInReview();
    this.#rounds += 1;
    return [
      ...waiting.map((each, n) => this.#decide(each, n === 2 ? "decline" : "approve")),
      ...fresh.map((n) => this.#submit(`${this.registry.host}/kill/extension-${n}`)),
      ...[...this.#entries]
        .slice(-2)
        .map(([repository, state]) => this.#toggle(repository, state === "active" ? "suspended" : "active")),
    ];
  }

  async #submissions(state: string): Promise<Submission[]> {
    return (await this.admin("GET", `/api/v1/submissions?state=${state}&limit=100`)).body.items;
  }

  /** Submissions of earlier rounds, as soon as their checks, which the kill cut off too, have ended. */
  async #waitingInReview(): Promise<Submission[]> {
    let waiting: Submission[] = [];
    await until(async () => {
      waiting = await this.#submissions("in_review");
      return waiting.length >= NEW_PER_ROUND;
    }, "enough submissions wait for review");
    return waiting.slice(0, DECISIONS_PER_ROUND);
  }

  #submit(repository: string): Promise<Outcome> {
    return attempt(repository, "submit", this.admin("POST", "/api/v1/submissions", { repository }));
  }

  #decide({ id, repository, candidate }: Submission, act: "approve" | "decline"): Promise<Outcome> {
    const decision = { decision: act, reason: "Seen.", expectedDigest: candidate?.digest };
    return attempt(repository, act, this.admin("POST", `/api/v1/submissions/${id}/decision`, decision));
  }

  #toggle(repository: string, state: "active" | "suspended"): Promise<Outcome> {
    const change = { state, reason: "Now." };
    return attempt(repository, state, this.admin("PATCH", `/api/v1/allow-list/${repository}`, change));
  }

  async #check(told: readonly Outcome[]): Promise<void> {
    const { items } = (await this.admin("GET", "/api/v1/allow-list")).body;
    const listed = new Map<string, string>(
      items.map((item: { repository: string; state: string }) => [item.repository, item.state]),
    );
    for (const { repository, act, status } of told) {
      const done = status === 200 || status === 202;
      expect(status === undefined || done, `${act} ${repository} answered ${status}`).toBe(true);
      const state = listed.get(repository);
      if (act === "approve" && done) expect(state, `${repository} was approved`).toBe("active");
      if (act === "approve" && state !== undefined) this.#entries.set(repository, state);
      if (act === "active" || act === "suspended") {
        // A suspended entry is off the list.
        const isNow = state === "active" ? "active" : "suspended";
        if (done) expect(isNow, `${repository} was made ${act}`).toBe(act);
        this.#entries.set(repository, isNow);
      }
    }
    expect((await this.admin("GET", "/api/v1/audit/check")).body).toMatchObject({ ok: true });
  }

  /**
   * After the last round: no check is lost either, each submission that was taken leaves `checking`. Then the database
   * itself is read. Returns how many submissions were approved.
   */
  async finish(): Promise<number> {
    const none = async () => (await this.#submissions("checking")).length === 0;
    await until(none, "every check has ended", 120_000);
    expect((await this.#submissions("errored")).map(({ repository }) => repository)).toEqual([]);
    await this.server.child().stop();
    const db = await openPglite(this.folder.path);
    try {
      const secret = await authSecret({ authSecret: undefined, dataDir: this.folder.path });
      const audit = openAudit({ auditKeys: [], dataDir: this.folder.path }, secret);
      expect(await checkAuditChain({ db, audit })).toMatchObject({ ok: true });
      const rows = await submissionTraces(db);
      for (const row of rows) expect(row.traces, `${row.repository} is ${row.state}`).toEqual(row.expected);
      for (const { repository, act, status } of this.outcomes) {
        if (status === undefined) continue;
        const row = rows.find((each) => each.repository === repository);
        expect(row, `${act} ${repository} was acknowledged`).toBeDefined();
        if (act === "approve") expect(row?.state).toBe("approved");
        if (act === "decline") expect(row?.state).toBe("declined");
      }
      return rows.filter(({ state }) => state === "approved").length;
    } finally {
      await db.close();
    }
  }
}

async function attempt(repository: string, act: Act, request: ReturnType<Call>): Promise<Outcome> {
  const status = await request.then(
    (answer) => answer.status,
    () => undefined,
  );
  return { repository, act, status };
}
