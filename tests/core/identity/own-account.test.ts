import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSession } from "@/lib/identity/sessions/read-session";
import { listSessions, revokeOtherSessions, revokeSession } from "@/lib/identity/sessions/sessions";
import { changeName } from "@/lib/identity/users/change-name";
import { SCOPES } from "@/lib/journal/actor";
import { openIdentity, type Person, type TestIdentity } from "@/tests/support/identity";

const coded = (code: string) => expect.objectContaining({ code });

describe("one's own account", () => {
  let room: TestIdentity;

  beforeAll(async () => {
    room = await openIdentity("pglite");
  });
  afterAll(() => room.close());

  const isValid = async (cookie: string) => (await readSession(room.services, cookie)) !== undefined;
  const signInAgain = async ({ userId }: Person) => {
    const { epoch } = await room.services.db.prisma.user.findUniqueOrThrow({ where: { id: userId } });
    return room.signIn(userId, epoch);
  };

  test("a person sees every session of their own that works, and which one asks", async () => {
    const person = await room.person("publisher");
    const somebody = await room.person("publisher");
    await signInAgain(person);
    const sessions = await listSessions(person.ctx);
    expect(sessions).toHaveLength(2);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    expect(await listSessions(somebody.ctx)).toHaveLength(1);
  });

  test("an ended session is over with its next call and gone from the list; repeating changes nothing", async () => {
    const person = await room.person("reviewer");
    const cookie = await signInAgain(person);
    const other = (await listSessions(person.ctx)).find(({ current }) => !current);
    await revokeSession(person.ctx, { id: other?.id ?? "" });
    expect(await isValid(cookie)).toBe(false);
    expect(await isValid(person.cookie)).toBe(true);
    expect(await listSessions(person.ctx)).toHaveLength(1);
    const audited = (await room.audited()).length;
    await revokeSession(person.ctx, { id: other?.id ?? "" });
    expect((await room.audited()).slice(audited)).toEqual([]);
  });

  test("nobody ends a session of somebody else, and is not told that it exists", async () => {
    const [person, thief] = [await room.person("publisher"), await room.person("admin")];
    const [{ id } = { id: "" }] = await listSessions(person.ctx);
    await expect(revokeSession(thief.ctx, { id })).rejects.toEqual(coded("not_found"));
    await expect(revokeSession(thief.ctx, { id: "x" })).rejects.toEqual(coded("not_found"));
    expect(await isValid(person.cookie)).toBe(true);
  });

  test("ending all others keeps the one that asks, and other people's", async () => {
    const [person, somebody] = [await room.person("publisher"), await room.person("publisher")];
    const cookies = [await signInAgain(person), await signInAgain(person)];
    expect(await revokeOtherSessions(person.ctx)).toBe(2);
    expect(await Promise.all(cookies.map(isValid))).toEqual([false, false]);
    expect(await Promise.all([person.cookie, somebody.cookie].map(isValid))).toEqual([true, true]);
    expect((await room.audited()).at(-1)).toBe("session.revokeOthers");
    expect(await revokeOtherSessions(person.ctx)).toBe(0);
  });

  test("a new name is cleaned, kept and audited; an empty one is refused beside its field", async () => {
    const person = await room.person("publisher");
    expect(await changeName(person.ctx, { name: "  Pat   Porter " })).toMatchObject({ name: "Pat Porter" });
    expect((await room.audited()).at(-1)).toBe("user.changeName");
    const audited = (await room.audited()).length;
    await changeName(person.ctx, { name: "Pat Porter" });
    expect(await room.audited()).toHaveLength(audited);
    await expect(changeName(person.ctx, { name: " " })).rejects.toMatchObject({ details: { field: "name" } });
  });

  test("an API token or nobody is not enough for any of it", async () => {
    const { userId } = await room.person("admin");
    const token = room.as({
      kind: "token",
      userId,
      name: "Admin",
      role: "admin",
      tokenId: "t",
      scopes: SCOPES,
    });
    for (const ctx of [token, room.nobody]) {
      const code = coded(ctx === token ? "forbidden" : "unauthenticated");
      await expect(listSessions(ctx)).rejects.toEqual(code);
      await expect(revokeSession(ctx, { id: "x" })).rejects.toEqual(code);
      await expect(revokeOtherSessions(ctx)).rejects.toEqual(code);
      await expect(changeName(ctx, { name: "X" })).rejects.toEqual(code);
    }
  });
});
