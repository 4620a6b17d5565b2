import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticateRequest, type RequestCredentials } from "@/lib/identity/requests/authenticate-request";
import { createSession } from "@/lib/identity/sessions/create-session";
import { readSession } from "@/lib/identity/sessions/read-session";
import { endSession } from "@/lib/identity/sessions/sessions";
import { authenticate } from "@/lib/identity/sign-in/authenticate";
import { changePassword } from "@/lib/identity/sign-in/change-password";
import { createToken } from "@/lib/identity/tokens/create-token";
import { acceptInvitation } from "@/lib/identity/users/accept-invitation";
import { changeUser } from "@/lib/identity/users/change-user";
import { inviteUser } from "@/lib/identity/users/invite-user";
import { IP, openIdentity, PASSWORD, type Person, type TestIdentity } from "@/tests/support/identity";

const coded = (code: string) => expect.objectContaining({ code });
const ORIGIN = "https://gantry.example";

describe("sessions", () => {
  let room: TestIdentity;
  let admin: Person;

  beforeAll(async () => {
    room = await openIdentity("pglite", ORIGIN);
    admin = await room.person("admin");
  });
  afterAll(() => room.close());

  const isValid = async (cookie: string) => (await readSession(room.services, cookie)) !== undefined;

  const request = (parts: Partial<RequestCredentials>): Promise<unknown> =>
    authenticateRequest(room.services, {
      method: "GET",
      authorization: undefined,
      cookie: undefined,
      origin: undefined,
      host: "gantry.example",
      secFetchSite: undefined,
      contentType: undefined,
      ...parts,
    });

  test("an unknown account and a wrong password are told the same words", async () => {
    const { email } = await room.person("publisher");
    const refusals = [];
    for (const [who, password] of [
      [email, "wrong wrong wrong"],
      ["nobody@acme.example", PASSWORD],
      ["not an address", PASSWORD],
      [email, ""],
    ] as const)
      refusals.push(await authenticate(room.services, { email: who, password, ip: IP }).catch(String));
    expect(new Set(refusals)).toEqual(new Set(["AppError: The email address or the password is wrong."]));
  });

  test("with the fifty-first session the one used longest ago ends", async () => {
    const { userId, cookie, ctx } = await room.person("publisher");
    const others = [];
    for (let count = 0; count < 49; count += 1) others.push(await room.signIn(userId, 1));
    expect(await isValid(cookie)).toBe(true);
    room.advance(61);
    await readSession(room.services, cookie);
    await room.signIn(userId, 1);
    expect(await isValid(cookie)).toBe(true);
    expect(await isValid(others[0] ?? "")).toBe(false);
    expect(await isValid(others[1] ?? "")).toBe(true);
    expect(await ctx.db.prisma.session.count({ where: { userId } })).toBe(50);
  });

  test("signing in is possible with any spelling of the address", async () => {
    const { email, userId } = await room.person("publisher");
    const typed = { email: ` ${email.toUpperCase()}`, password: PASSWORD, ip: IP };
    expect(await authenticate(room.services, typed)).toMatchObject({ userId });
  });

  test("signing out ends this session only, wherever the cookie was copied to", async () => {
    const { ctx, cookie, userId } = await room.person("publisher");
    const other = await room.signIn(userId, 1);
    await endSession(ctx);
    expect([await isValid(cookie), await isValid(other)]).toEqual([false, true]);
    const before = (await room.audited()).length;
    await endSession(ctx);
    expect((await room.audited()).length).toBe(before);
  });

  test.each([
    ["a change of role", (person: Person) => changeUser(admin.ctx, { id: person.userId, role: "reviewer" })],
    ["a suspension", (person: Person) => changeUser(admin.ctx, { id: person.userId, role: "suspended" })],
    [
      "a change of password",
      (person: Person) =>
        changePassword(person.ctx, {
          currentPassword: PASSWORD,
          newPassword: "another good password",
          ip: IP,
        }),
    ],
    [
      "a new password by invitation",
      async (person: Person) => {
        const { inviteUrl } = await inviteUser(admin.ctx, { id: person.userId });
        const token = inviteUrl.slice(inviteUrl.lastIndexOf("/") + 1);
        return acceptInvitation(room.nobody, {
          token,
          name: "Same",
          password: "another good password",
          ip: IP,
        });
      },
    ],
  ])("%s ends every session of the account", async (_what, act) => {
    const person = await room.person("publisher");
    const other = await room.signIn(person.userId, 1);
    await act(person);
    expect([await isValid(person.cookie), await isValid(other)]).toEqual([false, false]);
  });

  test("a change of name ends none", async () => {
    const person = await room.person("publisher");
    await changeUser(admin.ctx, { id: person.userId, name: "Renamed" });
    expect(await readSession(room.services, person.cookie)).toMatchObject({ actor: { name: "Renamed" } });
  });

  test("who proved an account before it changed gets no session after", async () => {
    const person = await room.person("publisher");
    const proof = await authenticate(room.services, { email: person.email, password: PASSWORD, ip: IP });
    await changeUser(admin.ctx, { id: person.userId, role: "reviewer" });
    await expect(createSession(room.nobody, { ...proof, userAgent: "" })).rejects.toEqual(
      coded("credentials_invalid"),
    );
  });

  test("a session is over after two weeks, and its cookie says so", async () => {
    const person = await room.person("publisher");
    const { expiresAt } = await room.services.db.prisma.session.findFirstOrThrow({
      where: { userId: person.userId },
    });
    const days = (expiresAt.getTime() - room.services.clock.now().getTime()) / 86_400_000;
    expect(days).toBeCloseTo(14, 1);
    await room.services.db.prisma.session.updateMany({
      where: { userId: person.userId },
      data: { expiresAt: new Date(room.services.clock.now().getTime() - 1) },
    });
    expect(await isValid(person.cookie)).toBe(false);
  });

  test("a session of another account cannot be claimed by a row's id", async () => {
    const [one, two] = [await room.person("publisher"), await room.person("publisher")];
    await room.services.db.prisma.session.updateMany({
      where: { userId: one.userId },
      data: { userId: two.userId },
    });
    expect(await isValid(one.cookie)).toBe(false);
  });

  test("a changed password works and the old one does not; a wrong current one changes nothing", async () => {
    const person = await room.person("publisher");
    const change = { newPassword: "another good password", ip: IP };
    await expect(
      changePassword(person.ctx, { ...change, currentPassword: "wrong wrong wrong" }),
    ).rejects.toMatchObject({ code: "credentials_invalid", details: { field: "currentPassword" } });
    expect(await isValid(person.cookie)).toBe(true);
    const proof = await changePassword(person.ctx, { ...change, currentPassword: PASSWORD });
    expect(await isValid(await room.signIn(proof.userId, proof.epoch))).toBe(true);
    const signIn = (password: string) =>
      authenticate(room.services, { email: person.email, password, ip: IP });
    await signIn("another good password");
    await expect(signIn(PASSWORD)).rejects.toEqual(coded("credentials_invalid"));
  });

  test("every sign-in, sign-out and change of password is in the audit log", async () => {
    const from = (await room.audited()).length;
    const person = await room.person("publisher");
    const proof = await changePassword(person.ctx, {
      currentPassword: PASSWORD,
      newPassword: "another good password",
      ip: IP,
    });
    const session = await readSession(room.services, await room.signIn(proof.userId, proof.epoch));
    if (session) await endSession(room.as(session.actor));
    expect((await room.audited()).slice(from)).toEqual([
      "session.create",
      "user.changePassword",
      "session.create",
      "session.end",
    ]);
    const row = await room.services.db.prisma.auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
    expect(row).toMatchObject({ actorKind: "user", actorId: person.userId });
  });

  describe("of a request", () => {
    const cookieOf = (person: Person) => `theme=dark; __Host-gantry-session=${person.cookie}`;

    test("without credentials comes from nobody; an ended session too", async () => {
      const person = await room.person("publisher");
      expect(await request({})).toEqual({ kind: "anonymous" });
      await endSession(person.ctx);
      expect(await request({ cookie: cookieOf(person) })).toEqual({ kind: "anonymous" });
      expect(await request({ cookie: "__Host-gantry-session=junk" })).toEqual({ kind: "anonymous" });
    });

    test("reads with the cookie alone", async () => {
      const person = await room.person("publisher");
      expect(await request({ cookie: cookieOf(person) })).toMatchObject({
        kind: "user",
        userId: person.userId,
      });
    });

    test("the cookie under its name for plain http counts for nothing over https", async () => {
      const person = await room.person("publisher");
      expect(await request({ cookie: `gantry-session=${person.cookie}` })).toEqual({ kind: "anonymous" });
    });

    test.each([
      ["from our own page", { origin: ORIGIN, contentType: "application/json" }, undefined],
      ["from our own page, without a body", { secFetchSite: "same-origin" }, undefined],
      ["without a statement of the sender", { contentType: "application/json" }, "cross_origin"],
      [
        "from another site",
        { origin: "https://evil.example", contentType: "application/json" },
        "cross_origin",
      ],
      ["from an opaque origin", { origin: "null", contentType: "application/json" }, "cross_origin"],
      ["as a form", { origin: ORIGIN, contentType: "text/plain" }, "unsupported_content_type"],
      [
        "as JSON by prefix only",
        { origin: ORIGIN, contentType: "application/jsonp" },
        "unsupported_content_type",
      ],
    ])("writes %s", async (_what, parts, refusal) => {
      const person = await room.person("publisher");
      const answer = request({ method: "POST", cookie: cookieOf(person), ...parts });
      if (refusal) await expect(answer).rejects.toEqual(coded(refusal));
      else expect(await answer).toMatchObject({ kind: "user" });
    });

    test("with a token is the token's, wherever it comes from; a bad one is an error, never nobody", async () => {
      const { token } = await createToken(admin.ctx, { name: "CI", scopes: ["scan"] });
      const sent = { authorization: `Bearer ${token}`, cookie: "theme=dark" };
      expect(await request(sent)).toMatchObject({ kind: "token", userId: admin.userId, scopes: ["scan"] });
      expect(await request({ ...sent, method: "POST", origin: "https://evil.example" })).toMatchObject({
        kind: "token",
      });
      for (const authorization of [`Bearer ${token}x`, "Bearer", "Bearer ", "", token, "Basic cm9vdDpyb290"])
        await expect(request({ authorization })).rejects.toEqual(coded("token_invalid"));
    });

    test("with two sets of credentials is refused, whether or not each is good", async () => {
      const person = await room.person("publisher");
      const { token } = await createToken(admin.ctx, { name: "CI", scopes: ["scan"] });
      const authorization = `Bearer ${token}`;
      for (const parts of [
        { authorization, cookie: cookieOf(person) },
        { authorization, cookie: "__Host-gantry-session=ended" },
        { authorization: "Bearer junk", cookie: cookieOf(person) },
        { authorization: `${authorization}, ${authorization}` },
        { authorization: `${authorization},` },
        { authorization: `Basic cm9vdDpyb290, ${authorization}` },
      ])
        await expect(request(parts)).rejects.toEqual(coded("credentials_ambiguous"));
    });
  });
});
