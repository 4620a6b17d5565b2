import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IdentityContext } from "@/lib/identity/identity";
import { changePassword } from "@/lib/identity/sign-in/change-password";
import { authenticateToken } from "@/lib/identity/tokens/authenticate-token";
import { type CreatedToken, createToken } from "@/lib/identity/tokens/create-token";
import { listTokens } from "@/lib/identity/tokens/list-tokens";
import { revokeToken } from "@/lib/identity/tokens/revoke-token";
import { acceptInvitation } from "@/lib/identity/users/accept-invitation";
import { changeUser } from "@/lib/identity/users/change-user";
import { inviteUser } from "@/lib/identity/users/invite-user";
import { type Scope, systemActor } from "@/lib/journal/actor";
import { IP, openIdentity, PASSWORD, type Person, type TestIdentity } from "@/tests/support/identity";

const coded = (code: string) => expect.objectContaining({ code });
const NEW_PASSWORD = "another good password";

describe("tokens that create tokens", () => {
  let room: TestIdentity;
  let person: Person;

  beforeAll(async () => {
    room = await openIdentity("pglite");
  });
  afterAll(() => room.close());

  const worksOf = (tokens: readonly CreatedToken[]) =>
    Promise.all(
      tokens.map(({ token }) =>
        authenticateToken(room.services, token).then(
          () => true,
          () => false,
        ),
      ),
    );
  const contextOf = async ({ token }: CreatedToken): Promise<IdentityContext> =>
    room.as(await authenticateToken(room.services, token));
  const inSeconds = (seconds: number) => new Date(room.services.clock.now().getTime() + seconds * 1000);
  const createBy = (ctx: IdentityContext, name: string, scopes: Scope[], expiresAt?: Date) =>
    createToken(ctx, { name, scopes, expiresAt });

  /** Three generations. The middle one got the scope `admin` before tokens could no longer hand it on. */
  async function family(): Promise<[CreatedToken, CreatedToken, CreatedToken]> {
    person = await room.person("admin");
    const first = await createBy(person.ctx, "First", ["admin", "scan"]);
    const second = await createBy(await contextOf(first), "Second", ["scan"]);
    const scopes = ["admin", "scan"];
    await room.services.db.prisma.apiToken.update({ where: { id: second.id }, data: { scopes } });
    const third = await createBy(await contextOf(second), "Third", ["scan"]);
    return [first, second, third];
  }

  test("a child has no scope that its parent lacks, and never the scope admin", async () => {
    const { ctx } = await room.person("admin");
    const parent = await contextOf(await createBy(ctx, "Parent", ["admin", "scan"]));
    await expect(createBy(parent, "Wide", ["scan", "review"])).rejects.toMatchObject({
      code: "scope_missing",
      details: { scopes: ["review"] },
    });
    await expect(createBy(parent, "Admin", ["admin"])).rejects.toEqual(coded("session_required"));
    await createBy(parent, "Narrow", ["scan"]);
  });

  test("a child ends no later than its parent, and with it when nothing was said", async () => {
    const { ctx } = await room.person("publisher");
    const expiresAt = inSeconds(3_600);
    const parent = await contextOf(await createBy(ctx, "Parent", ["admin", "submissions"], expiresAt));
    await expect(createBy(parent, "Late", ["submissions"], inSeconds(3_601))).rejects.toMatchObject({
      code: "invalid_input",
      details: { field: "expiresAt", latest: expiresAt.toISOString() },
    });
    const early = inSeconds(60);
    expect(await createBy(parent, "Early", ["submissions"], early)).toMatchObject({ expiresAt: early });
    const same = await createBy(parent, "Same", ["submissions"]);
    expect(same.expiresAt).toEqual(expiresAt);
    room.advance(3_601);
    expect(await worksOf([same])).toEqual([false]);
    await expect(createBy(parent, "After", ["submissions"])).rejects.toEqual(coded("token_invalid"));
  });

  test("revoking a token revokes all that it led to, and nothing else", async () => {
    const [first, second, third] = await family();
    const other = await createBy(person.ctx, "Other", ["scan"]);
    const listed = await listTokens(person.ctx);
    expect(listed.map(({ name, parentId, descendants }) => [name, parentId, descendants])).toEqual([
      ["Other", undefined, 0],
      ["Third", second.id, 0],
      ["Second", first.id, 1],
      ["First", undefined, 2],
    ]);
    const audited = (await room.audited()).length;
    expect(await revokeToken(person.ctx, { id: first.id })).toEqual({ descendants: 2 });
    expect(await worksOf([first, second, third, other])).toEqual([false, false, false, true]);
    expect((await room.audited()).slice(audited)).toEqual(["token.revoke"]);
    const row = await room.services.db.prisma.auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
    expect(row.after).toMatchObject({ endedTokens: expect.arrayContaining([second.id, third.id]) });
  });

  test("a token in the middle takes only its own line with it", async () => {
    const [first, second, third] = await family();
    await revokeToken(await contextOf(first), { id: second.id });
    expect(await worksOf([first, second, third])).toEqual([true, false, false]);
  });

  test("a session that ended, or whose account changed, creates none", async () => {
    const { ctx, userId } = await room.person("publisher");
    await changeUser(room.as(systemActor("tests")), { id: userId, role: "reviewer" });
    await expect(createBy(ctx, "Late", ["submissions"])).rejects.toEqual(coded("unauthenticated"));
    expect(await room.services.db.prisma.apiToken.count({ where: { userId } })).toBe(0);
  });

  test.each([
    ["a change of role", (id: string) => changeUser(room.as(systemActor("tests")), { id, role: "reviewer" })],
    ["a suspension", (id: string) => changeUser(room.as(systemActor("tests")), { id, role: "suspended" })],
    [
      "the owner's change of password",
      () => changePassword(person.ctx, { currentPassword: PASSWORD, newPassword: NEW_PASSWORD, ip: IP }),
    ],
    [
      "a reset of the password",
      async (id: string) => {
        const { inviteUrl } = await inviteUser(room.as(systemActor("tests")), { id });
        const token = inviteUrl.slice(inviteUrl.lastIndexOf("/") + 1);
        return acceptInvitation(room.nobody, { token, name: "Same", password: NEW_PASSWORD, ip: IP });
      },
    ],
  ])("%s ends every token of the account, and the audit log names them", async (_what, change) => {
    await room.person("admin");
    person = await room.person("publisher");
    const somebody = await room.person("publisher");
    const expired = await createBy(person.ctx, "Expired", ["submissions"], inSeconds(1));
    const first = await createBy(person.ctx, "First", ["admin", "submissions"]);
    const tokens = [first, await createBy(await contextOf(first), "Child", ["submissions"])];
    const theirs = await createBy(somebody.ctx, "Theirs", ["submissions"]);
    room.advance(2);
    await change(person.userId);
    expect(await worksOf([...tokens, theirs])).toEqual([false, false, true]);
    const row = await room.services.db.prisma.auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
    expect(row.after).toMatchObject({ endedTokens: tokens.map(({ id }) => id) });
    expect(JSON.stringify(row.after)).not.toContain(expired.id);
  });

  test("a change of name ends none", async () => {
    const owner = await room.person("publisher");
    const token = await createBy(owner.ctx, "CI", ["submissions"]);
    await changeUser(room.as(systemActor("tests")), { id: owner.userId, name: "Renamed" });
    expect(await worksOf([token])).toEqual([true]);
  });
});
