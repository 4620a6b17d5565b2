import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IdentityContext } from "@/lib/identity/identity";
import { makeApiToken } from "@/lib/identity/tokens/api-token";
import { authenticateToken } from "@/lib/identity/tokens/authenticate-token";
import { createToken } from "@/lib/identity/tokens/create-token";
import { listTokens } from "@/lib/identity/tokens/list-tokens";
import { revokeToken } from "@/lib/identity/tokens/revoke-token";
import { changeUser } from "@/lib/identity/users/change-user";
import { listUsers } from "@/lib/identity/users/list-users";
import { openIdentity, type Person, type TestIdentity } from "@/tests/support/identity";

const coded = (code: string) => expect.objectContaining({ code });
const UNKNOWN_ID = "019a9f7e-0000-7000-8000-000000000000";

describe("API tokens", () => {
  let room: TestIdentity;
  let admin: Person;

  beforeAll(async () => {
    room = await openIdentity("pglite");
    admin = await room.person("admin");
  });
  afterAll(() => room.close());

  const actorOf = (token: string) => authenticateToken(room.services, token);
  const row = (id: string) => room.services.db.prisma.apiToken.findUniqueOrThrow({ where: { id } });

  async function contextOf(token: string): Promise<IdentityContext> {
    return room.as(await actorOf(token));
  }

  test("a token acts for its user, within its scopes, and is stored as a hash only", async () => {
    const { id, token } = await createToken(admin.ctx, { name: "CI", scopes: ["scan", "review"] });
    expect(await actorOf(token)).toMatchObject({
      kind: "token",
      userId: admin.userId,
      role: "admin",
      tokenId: id,
      scopes: ["review", "scan"],
    });
    expect(JSON.stringify(await row(id))).not.toContain(token);
    const log = JSON.stringify(await room.services.db.pool.query('SELECT * FROM "AuditEvent"'));
    expect(log).not.toContain(token);
  });

  test("the scope limits what the role would allow", async () => {
    const { token } = await createToken(admin.ctx, { name: "CI", scopes: ["scan"] });
    const ctx = await contextOf(token);
    await expect(listUsers(ctx, { limit: 1 })).rejects.toEqual(coded("scope_missing"));
    await expect(createToken(ctx, { name: "More", scopes: ["scan"] })).rejects.toEqual(
      coded("scope_missing"),
    );
    await expect(listTokens(ctx)).rejects.toEqual(coded("scope_missing"));
  });

  test("the role limits what the scope would allow", async () => {
    const publisher = await room.person("publisher");
    const { token } = await createToken(publisher.ctx, { name: "CI", scopes: ["admin", "review"] });
    await expect(listUsers(await contextOf(token), { limit: 1 })).rejects.toEqual(coded("forbidden"));
  });

  test.each([
    ["mistyped", async () => `${makeApiToken().token.slice(0, -1)}!`, /characters are missing or wrong/],
    ["never given out", async () => makeApiToken().token, /is unknown here/],
    [
      "revoked",
      async () => {
        const { id, token } = await createToken(admin.ctx, { name: "Old", scopes: ["scan"] });
        await revokeToken(admin.ctx, { id });
        return token;
      },
      /was revoked/,
    ],
    [
      "expired",
      async () => {
        const expiresAt = new Date(room.services.clock.now().getTime() + 60_000);
        const { token } = await createToken(admin.ctx, { name: "Short", scopes: ["scan"], expiresAt });
        await actorOf(token);
        room.advance(61);
        return token;
      },
      /expired at 20/,
    ],
    [
      "of a suspended user",
      async () => {
        const person = await room.person("publisher");
        const { token } = await createToken(person.ctx, { name: "CI", scopes: ["submissions"] });
        await actorOf(token);
        await changeUser(admin.ctx, { id: person.userId, role: "suspended" });
        return token;
      },
      /its owner's password or role changed/,
    ],
  ])("a token that is %s is refused, and the reason says why", async (_what, make, reason) => {
    const token = await make();
    const refusal: unknown = await actorOf(token).catch((error) => error);
    expect(refusal).toMatchObject({ code: "token_invalid", message: expect.stringMatching(reason) });
    expect(String(refusal)).not.toContain(token);
  });

  test("its last use is noted, at most once a minute", async () => {
    const { id, token } = await createToken(admin.ctx, { name: "CI", scopes: ["scan"] });
    expect((await row(id)).lastUsedAt).toBeNull();
    await actorOf(token);
    const first = (await row(id)).lastUsedAt;
    expect(first).not.toBeNull();
    room.advance(30);
    await actorOf(token);
    expect((await row(id)).lastUsedAt).toEqual(first);
    room.advance(31);
    await actorOf(token);
    expect((await row(id)).lastUsedAt?.getTime()).toBeGreaterThan(first?.getTime() ?? 0);
  });

  test("everyone sees their own tokens, without the secret, until they are revoked", async () => {
    const person = await room.person("publisher");
    const { id, token } = await createToken(person.ctx, { name: "CI", scopes: ["submissions"] });
    const listed = await listTokens(person.ctx);
    expect(listed).toMatchObject([{ id, name: "CI", hint: token.slice(0, 9), scopes: ["submissions"] }]);
    expect(JSON.stringify(listed)).not.toContain(token);
    await revokeToken(person.ctx, { id });
    expect(await listTokens(person.ctx)).toEqual([]);
  });

  test("another user's token is not found; an admin revokes it; repeating changes nothing", async () => {
    const [owner, other] = [await room.person("publisher"), await room.person("reviewer")];
    const { id, token } = await createToken(owner.ctx, { name: "CI", scopes: ["submissions"] });
    for (const unknown of [id, UNKNOWN_ID, "x", ""])
      await expect(revokeToken(other.ctx, { id: unknown })).rejects.toEqual(coded("not_found"));
    await actorOf(token);
    await revokeToken(admin.ctx, { id });
    const audited = await room.audited();
    expect(audited.at(-1)).toBe("token.revoke");
    await revokeToken(admin.ctx, { id });
    expect(await room.audited()).toEqual(audited);
  });

  test.each([
    ["without a scope", { scopes: [] }, "scopes"],
    ["in the past", { expiresAt: new Date(0) }, "expiresAt"],
    ["without a name", { name: " " }, "name"],
  ])("a token %s is refused, with the field named", async (_what, change, field) => {
    const input = { name: "CI", scopes: ["scan"] as const, ...change };
    await expect(createToken(admin.ctx, input)).rejects.toMatchObject({
      code: "invalid_input",
      details: { field },
    });
  });

  test("nobody gets one", async () => {
    await expect(createToken(room.nobody, { name: "CI", scopes: ["scan"] })).rejects.toEqual(
      coded("unauthenticated"),
    );
  });

  async function withTokens(role: "publisher" | "reviewer", count: number, expiresAt?: Date) {
    const person = await room.person(role);
    const rows = Array.from({ length: count }, (_, n) => ({
      userId: person.userId,
      name: `T${n}`,
      tokenHash: makeApiToken().tokenHash,
      hint: "gtry_xxxx",
      scopes: [],
      expiresAt: expiresAt ?? null,
    }));
    await room.services.db.prisma.apiToken.createMany({ data: rows });
    return person;
  }

  test("expired tokens take no room, and reviewers have more of it", async () => {
    const old = await withTokens("publisher", 100, new Date(Date.now() - 1_000));
    await createToken(old.ctx, { name: "CI", scopes: ["scan"] });
    const reviewer = await withTokens("reviewer", 100);
    await createToken(reviewer.ctx, { name: "CI", scopes: ["scan"] });
  });

  test("a hundred are enough for one publisher", async () => {
    const person = await withTokens("publisher", 100);
    await expect(createToken(person.ctx, { name: "CI", scopes: ["scan"] })).rejects.toEqual(
      coded("limit_exceeded"),
    );
  });
});
