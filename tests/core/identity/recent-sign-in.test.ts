import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { IdentityContext } from "@/lib/identity/identity";
import { readSession } from "@/lib/identity/sessions/read-session";
import { revokeSession } from "@/lib/identity/sessions/sessions";
import { changePassword } from "@/lib/identity/sign-in/change-password";
import { confirmSignIn } from "@/lib/identity/sign-in/confirm-sign-in";
import { createToken } from "@/lib/identity/tokens/create-token";
import { changeUser } from "@/lib/identity/users/change-user";
import { createUser } from "@/lib/identity/users/create-user";
import { inviteUser } from "@/lib/identity/users/invite-user";
import { SCOPES, systemActor } from "@/lib/journal/actor";
import { IP, openIdentity, PASSWORD, type Person, type TestIdentity } from "@/tests/support/identity";

const coded = (code: string) => expect.objectContaining({ code });
const RECENT_SECONDS = 15 * 60;

describe("a recent sign-in", () => {
  let room: TestIdentity;
  let admin: Person;
  let colleague: Person;
  let publisher: Person;
  let emails = 0;

  beforeAll(async () => {
    room = await openIdentity("pglite");
  });
  afterAll(() => room.close());

  beforeEach(async () => {
    [admin, colleague, publisher] = [
      await room.person("admin"),
      await room.person("admin"),
      await room.person("publisher"),
    ];
  });

  const newUser = (role: "admin" | "reviewer" | "publisher") => {
    emails += 1;
    return { email: `new-${emails}@acme.example`, name: "New", role };
  };

  const SENSITIVE: [string, (ctx: IdentityContext) => Promise<unknown>, string][] = [
    ["inviting an admin", (ctx) => createUser(ctx, newUser("admin")), "user.create"],
    [
      "inviting an admin again",
      async (ctx) => {
        const { id } = await createUser(room.as(systemActor("tests")), newUser("admin"));
        return inviteUser(ctx, { id });
      },
      "user.invite",
    ],
    ["resetting a password", (ctx) => inviteUser(ctx, { id: publisher.userId }), "user.invite"],
    ["resetting another admin's", (ctx) => inviteUser(ctx, { id: colleague.userId }), "user.invite"],
    ["resetting one's own", (ctx) => inviteUser(ctx, { id: admin.userId }), "user.invite"],
    ["making an admin", (ctx) => changeUser(ctx, { id: publisher.userId, role: "admin" }), "user.change"],
    [
      "demoting an admin",
      (ctx) => changeUser(ctx, { id: colleague.userId, role: "publisher" }),
      "user.change",
    ],
    [
      "suspending an admin",
      (ctx) => changeUser(ctx, { id: colleague.userId, role: "suspended" }),
      "user.change",
    ],
    [
      "creating a token that may create tokens",
      (ctx) => createToken(ctx, { name: "CI", scopes: ["admin"] }),
      "token.create",
    ],
  ];

  const ORDINARY: [string, (ctx: IdentityContext) => Promise<unknown>][] = [
    ["inviting a reviewer", (ctx) => createUser(ctx, newUser("reviewer"))],
    [
      "inviting a publisher again",
      async (ctx) => inviteUser(ctx, { id: (await createUser(ctx, newUser("publisher"))).id }),
    ],
    ["suspending a publisher", (ctx) => changeUser(ctx, { id: publisher.userId, role: "suspended" })],
    ["renaming an admin", (ctx) => changeUser(ctx, { id: colleague.userId, name: "Renamed" })],
    ["an admin who stays one", (ctx) => changeUser(ctx, { id: colleague.userId, name: "R", role: "admin" })],
    ["a token without admin", (ctx) => createToken(ctx, { name: "CI", scopes: ["scan"] })],
  ];

  async function withToken(): Promise<IdentityContext> {
    const { id } = await createToken(admin.ctx, { name: "All", scopes: SCOPES });
    const { userId } = admin;
    return room.as({ kind: "token", userId, name: "Admin", role: "admin", tokenId: id, scopes: SCOPES });
  }

  /** What the audit log says that this person did, oldest first. */
  async function actsOf({ userId: actorId }: Person): Promise<string[]> {
    const { prisma } = room.services.db;
    const rows = await prisma.auditEvent.findMany({ where: { actorId }, orderBy: { sequence: "asc" } });
    return rows.map(({ action }) => action);
  }

  test.each(SENSITIVE)(
    "%s works within 15 minutes, and the audit log says how",
    async (_what, act, action) => {
      room.advance(RECENT_SECONDS - 30);
      await act(admin.ctx);
      const row = await room.services.db.prisma.auditEvent.findFirstOrThrow({
        orderBy: { sequence: "desc" },
      });
      expect(row).toMatchObject({ action, actorKind: "user", actorId: admin.userId });
      expect(row.after).toMatchObject({ authentication: { method: "password", at: expect.any(String) } });
    },
  );

  test.each(SENSITIVE)("%s needs one, and a refusal changes nothing", async (_what, act) => {
    room.advance(RECENT_SECONDS + 1);
    const before = await actsOf(admin);
    await expect(act(admin.ctx)).rejects.toEqual(coded("recent_sign_in_required"));
    expect(await actsOf(admin)).toEqual(before);
  });

  test.each(SENSITIVE)("%s is nothing for a token with every scope", async (_what, act) => {
    await expect(act(await withToken())).rejects.toMatchObject({
      code: "session_required",
      suggestion: expect.stringMatching(/browser/),
    });
  });

  test.each(ORDINARY)("%s needs none, and a token may do it", async (_what, act) => {
    room.advance(RECENT_SECONDS + 1);
    await act(admin.ctx);
    room.advance(-RECENT_SECONDS - 1);
    publisher = await room.person("publisher");
    await act(await withToken());
  });

  test("one's own password needs a recent sign-in and the current password", async () => {
    const change = { currentPassword: PASSWORD, newPassword: "another good password", ip: IP };
    room.advance(RECENT_SECONDS + 1);
    await expect(changePassword(publisher.ctx, change)).rejects.toEqual(coded("recent_sign_in_required"));
    const { actor } = await confirmSignIn(publisher.ctx, {
      password: PASSWORD,
      ip: IP,
      field: "confirmPassword",
    });
    await expect(
      changePassword(room.as(actor), { ...change, currentPassword: "wrong wrong wrong" }),
    ).rejects.toEqual(coded("credentials_invalid"));
    await changePassword(room.as(actor), change);
  });

  test("confirming makes the sign-in recent and replaces the session: a copied cookie is worthless", async () => {
    room.advance(RECENT_SECONDS + 1);
    const { actor, cookie } = await confirmSignIn(admin.ctx, {
      password: PASSWORD,
      ip: IP,
      field: "confirmPassword",
    });
    await createUser(room.as(actor), newUser("admin"));
    expect(await readSession(room.services, admin.cookie)).toBeUndefined();
    const ctx = await room.inSession(cookie.value);
    await createUser(ctx, newUser("admin"));
    expect(await actsOf(admin)).toEqual(["session.create", "session.confirm", "user.create", "user.create"]);
  });

  test("a wrong password confirms nothing, and guessing is throttled", async () => {
    room.advance(RECENT_SECONDS + 1);
    const guess = () =>
      confirmSignIn(admin.ctx, {
        password: "wrong wrong wrong",
        ip: "203.0.113.9",
        field: "confirmPassword",
      });
    for (let n = 0; n < 10; n += 1)
      await expect(guess()).rejects.toMatchObject({
        code: "credentials_invalid",
        details: { field: "confirmPassword" },
      });
    await expect(guess()).rejects.toEqual(coded("too_many_attempts"));
    const ctx = await room.inSession(admin.cookie);
    await expect(createUser(ctx, newUser("admin"))).rejects.toEqual(coded("recent_sign_in_required"));
  });

  test("a session that was ended meanwhile cannot be confirmed back to life", async () => {
    const { ctx } = publisher;
    if (ctx.actor.kind === "user") await revokeSession(ctx, { id: ctx.actor.sessionId });
    const confirmed = confirmSignIn(ctx, { password: PASSWORD, ip: IP, field: "confirmPassword" });
    await expect(confirmed).rejects.toEqual(coded("unauthenticated"));
  });

  test("nobody, and no token, confirms a sign-in", async () => {
    const input = { password: PASSWORD, ip: IP, field: "confirmPassword" };
    await expect(confirmSignIn(room.nobody, input)).rejects.toEqual(coded("unauthenticated"));
    await expect(confirmSignIn(await withToken(), input)).rejects.toEqual(coded("forbidden"));
  });
});
