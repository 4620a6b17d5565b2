/** What happens to accounts at the same time: the rules themselves are in tests/core/identity. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { IdentityContext } from "@/lib/identity/identity";
import { authenticateRequest } from "@/lib/identity/requests/authenticate-request";
import { setUp } from "@/lib/identity/set-up/set-up";
import { ensureSetupToken } from "@/lib/identity/set-up/setup-token";
import { authenticate } from "@/lib/identity/sign-in/authenticate";
import { authenticateToken } from "@/lib/identity/tokens/authenticate-token";
import { type CreatedToken, createToken } from "@/lib/identity/tokens/create-token";
import { listTokens } from "@/lib/identity/tokens/list-tokens";
import { revokeToken } from "@/lib/identity/tokens/revoke-token";
import { acceptInvitation } from "@/lib/identity/users/accept-invitation";
import { changeUser } from "@/lib/identity/users/change-user";
import { createUser } from "@/lib/identity/users/create-user";
import { type Scope, systemActor } from "@/lib/journal/actor";
import { ENGINES, openDatabaseOn } from "@/tests/support/databases/database";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { IP, openIdentity, PASSWORD, type TestIdentity } from "@/tests/support/identity";
import { waitFor } from "@/tests/support/marketplace";

const coded = (code: string) => expect.objectContaining({ code });
const statuses = (results: PromiseSettledResult<unknown>[]) => results.map(({ status }) => status).sort();

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.close());

describe.each(ENGINES)("at the same time on %s", (engine) => {
  let room: TestIdentity;

  beforeEach(async () => {
    room = await openIdentity(engine === "postgres" ? await openDatabaseOn(postgres) : engine);
  });
  afterEach(() => room.close());

  test("of several set-ups exactly one wins, and there is one admin", async () => {
    const token = new URL((await ensureSetupToken(room.services)) ?? "").searchParams.get("token") ?? "";
    const form = { name: "Root", password: PASSWORD, ip: IP, token };
    const emails = [1, 2, 3, 4, 5, 6].map((n) => `root-${n}@acme.example`);
    const race = () => Promise.allSettled(emails.map((email) => setUp(room.nobody, { ...form, email })));
    const results = await (engine === "postgres" ? whileNobodyCanBeAdded(room, emails.length, race) : race());
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refusals).toEqual(Array.from({ length: 5 }, () => coded("setup_closed")));
    expect(await room.services.db.prisma.user.count()).toBe(1);
    expect(await room.audited()).toEqual(["setup.complete"]);
  });

  test("of two uses of one invitation exactly one sets the password", async () => {
    const email = "invited@acme.example";
    const account = { email, name: "Invited", role: "publisher" } as const;
    const { inviteUrl } = await createUser(room.as(systemActor("tests")), account);
    const token = inviteUrl.slice(inviteUrl.lastIndexOf("/") + 1);
    const passwords = ["the first good password", "the second good password"];
    const results = await Promise.allSettled(
      passwords.map((password) => acceptInvitation(room.nobody, { token, name: "Me", password, ip: IP })),
    );
    expect(statuses(results)).toEqual(["fulfilled", "rejected"]);
    const winner = passwords[results.findIndex(({ status }) => status === "fulfilled")] ?? "";
    await authenticate(room.services, { email, password: winner, ip: IP });
  });

  test("two admins demote each other, and one stays admin", async () => {
    const [one, two] = [await room.person("admin"), await room.person("admin")];
    const both = { id: { in: [one.userId, two.userId] } };
    for (let round = 0; round < 10; round += 1) {
      const results = await Promise.allSettled([
        changeUser(one.ctx, { id: two.userId, role: "publisher" }),
        changeUser(two.ctx, { id: one.userId, role: "publisher" }),
      ]);
      expect(statuses(results)).toEqual(["fulfilled", "rejected"]);
      expect(await room.services.db.prisma.user.count({ where: { role: "admin" } })).toBe(1);
      await room.services.db.prisma.user.updateMany({ where: both, data: { role: "admin" } });
    }
  });

  test("a token that is revoked while it creates others leaves none behind", async () => {
    const createBy = (ctx: IdentityContext, name: string, scopes: Scope[]) =>
      createToken(ctx, { name, scopes });
    for (let round = 0; round < 5; round += 1) {
      const { ctx } = await room.person("publisher");
      const parent = await createBy(ctx, "Parent", ["admin", "submissions"]);
      const parentCtx = room.as(await authenticateToken(room.services, parent.token));
      const children = Array.from({ length: 4 }, (_, n) => createBy(parentCtx, `C${n}`, ["submissions"]));
      const [, ...made] = await Promise.allSettled([revokeToken(ctx, { id: parent.id }), ...children]);
      const created = made.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      for (const { token } of created)
        await expect(authenticateToken(room.services, token)).rejects.toEqual(coded("token_invalid"));
      expect(await listTokens(ctx)).toEqual([]);
    }
  });

  test("of many new tokens only as many are made as there is room for", async () => {
    const { ctx, userId } = await room.person("publisher");
    const rows = Array.from({ length: 98 }, (_, n) => ({
      ...{ userId, name: "CI", tokenHash: `${n}`, hint: "gtry_xxxx", scopes: [] },
    }));
    await room.services.db.prisma.apiToken.createMany({ data: rows });
    const made = Array.from(
      { length: 8 },
      (): Promise<CreatedToken> => createToken(ctx, { name: "CI", scopes: ["scan"] }),
    );
    const results = await Promise.allSettled(made);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  });
});

test("with the database away nobody is taken for somebody or for nobody, and no failure counts against the account", async () => {
  const room = await openIdentity(await openDatabaseOn(postgres));
  const person = await room.person("publisher");
  const credentials = {
    ...{ method: "GET", authorization: undefined, cookie: `__Host-gantry-session=${person.cookie}` },
    ...{ host: undefined, origin: undefined, secFetchSite: undefined, contentType: undefined },
  };
  const signIn = () => authenticate(room.services, { email: person.email, password: PASSWORD, ip: IP });
  const away = coded("database_unavailable");
  await postgres.stop("crash");
  await expect(authenticateRequest(room.services, credentials)).rejects.toEqual(away);
  for (let n = 0; n < 20; n += 1) await expect(signIn()).rejects.toEqual(away);
  await postgres.start();
  expect(await signIn()).toMatchObject({ userId: person.userId });
  expect(await authenticateRequest(room.services, credentials)).toMatchObject({ kind: "user" });
  await room.close();
});

/** Runs `race` and lets its writes go on only when all of them wait, so that none is over before another begins. */
async function whileNobodyCanBeAdded<T>(
  room: TestIdentity,
  runners: number,
  race: () => Promise<T>,
): Promise<T> {
  const holder = await room.services.db.pool.connect();
  try {
    await holder.query('BEGIN; LOCK TABLE "User" IN SHARE MODE');
    const running = race();
    await waitFor(
      async () =>
        (await holder.query("SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted")).rows[0]?.n,
      (waiting) => waiting === runners,
    );
    await holder.query("COMMIT");
    return await running;
  } finally {
    holder.release();
  }
}
