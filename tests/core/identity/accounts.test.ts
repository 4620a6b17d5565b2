import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticate } from "@/lib/identity/sign-in/authenticate";
import { acceptInvitation } from "@/lib/identity/users/accept-invitation";
import { changeUser } from "@/lib/identity/users/change-user";
import { createUser } from "@/lib/identity/users/create-user";
import { inviteUser } from "@/lib/identity/users/invite-user";
import { listUsers } from "@/lib/identity/users/list-users";
import { readInvitation } from "@/lib/identity/users/read-invitation";
import { ANONYMOUS } from "@/lib/journal/actor";
import { checkAuditChain } from "@/lib/journal/audit-check";
import { IP, openIdentity, PASSWORD, type Person, type TestIdentity } from "@/tests/support/identity";

const coded = (code: string) => expect.objectContaining({ code });
const DAY_SECONDS = 24 * 60 * 60;
const UNKNOWN_ID = "019a9f7e-0000-7000-8000-000000000000";

describe("accounts", () => {
  let room: TestIdentity;
  let admin: Person;
  let names = 0;

  beforeAll(async () => {
    room = await openIdentity("pglite");
    admin = await room.person("admin");
  });
  afterAll(() => room.close());

  async function invited(role: "admin" | "reviewer" | "publisher" = "publisher") {
    names += 1;
    const email = `invited-${names}@acme.example`;
    const made = await createUser(admin.ctx, { email, name: "Invited", role });
    return { ...made, email, token: tokenOf(made.inviteUrl) };
  }

  const accept = (token: string, password = PASSWORD) =>
    acceptInvitation(room.nobody, { token, name: "Accepted", password, ip: IP });

  /** The actions that `work` adds to the audit log. */
  async function auditOf(work: () => Promise<unknown>): Promise<string[]> {
    const before = (await room.audited()).length;
    await work();
    return (await room.audited()).slice(before);
  }

  test("a new account gets a link of this instance that works once", async () => {
    const { id, inviteUrl, email, token } = await invited();
    expect(inviteUrl).toMatch(/^https:\/\/gantry\.example\/invite\/[\w-]{43}$/);
    expect((await readInvitation(room.services, { token, ip: IP })).user.email).toBe(email);
    expect(await accept(token)).toMatchObject({ userId: id });
    expect(await authenticate(room.services, { email, password: PASSWORD, ip: IP })).toMatchObject({
      userId: id,
    });
    await expect(accept(token, "another good password")).rejects.toEqual(coded("invitation_invalid"));
    await expect(readInvitation(room.services, { token, ip: IP })).rejects.toEqual(
      coded("invitation_invalid"),
    );
  });

  test("a link ends after seven days, and with a newer one", async () => {
    const old = await invited();
    const { inviteUrl } = await inviteUser(admin.ctx, { id: old.id });
    await expect(accept(old.token)).rejects.toEqual(coded("invitation_invalid"));
    await accept(tokenOf(inviteUrl));
    const late = await invited();
    room.advance(7 * DAY_SECONDS + 1);
    await expect(accept(late.token)).rejects.toEqual(coded("invitation_invalid"));
  });

  test("a link that was never given out is refused, and trying many is throttled", async () => {
    const from = { name: "Eve", password: PASSWORD, ip: "203.0.113.7" };
    for (let n = 0; n < 10; n += 1)
      await expect(acceptInvitation(room.nobody, { ...from, token: `guess-${n}` })).rejects.toEqual(
        coded("invitation_invalid"),
      );
    await expect(acceptInvitation(room.nobody, { ...from, token: "guess" })).rejects.toEqual(
      coded("too_many_attempts"),
    );
  });

  test("one mailbox is one account, however it is spelt", async () => {
    const { email } = await invited();
    const again = { email: ` ${email.toUpperCase()} `, name: "Again", role: "reviewer" } as const;
    const before = await room.audited();
    await expect(createUser(admin.ctx, again)).rejects.toMatchObject({
      code: "already_exists",
      details: { field: "email" },
    });
    expect(await room.audited()).toEqual(before);
  });

  test("the list shows every account once, page by page, and no secret", async () => {
    await Promise.all([invited(), invited(), invited()]);
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await listUsers(admin.ctx, { limit: 2, cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    const { total } = await listUsers(admin.ctx, { limit: 1 });
    expect(new Set(seen.map(({ id }) => id)).size).toBe(total);
    expect(seen).toHaveLength(total);
    expect(JSON.stringify(seen)).not.toMatch(/argon2|hash/i);
    await expect(listUsers(admin.ctx, { limit: 2, cursor: "x" })).rejects.toEqual(coded("invalid_cursor"));
  });

  test("a suspended account shows as such, and its open invitation is void", async () => {
    const { id, token } = await invited();
    expect(await changeUser(admin.ctx, { id, role: "suspended" })).toMatchObject({ state: "suspended" });
    await expect(accept(token)).rejects.toEqual(coded("invitation_invalid"));
    await expect(inviteUser(admin.ctx, { id })).rejects.toEqual(coded("illegal_state"));
    await changeUser(admin.ctx, { id, role: "publisher" });
    await expect(accept(token)).rejects.toEqual(coded("invitation_invalid"));
  });

  test("each change leaves one audit row, and a change of nothing none", async () => {
    const { id } = await invited();
    expect(await auditOf(() => invited())).toEqual(["user.create"]);
    expect(await auditOf(() => inviteUser(admin.ctx, { id }))).toEqual(["user.invite"]);
    expect(await auditOf(() => changeUser(admin.ctx, { id, name: "New", role: "reviewer" }))).toEqual([
      "user.change",
    ]);
    expect(await auditOf(() => changeUser(admin.ctx, { id, name: " New ", role: "reviewer" }))).toEqual([]);
    const [row] = await room.services.db.prisma.auditEvent.findMany({
      orderBy: { sequence: "desc" },
      take: 1,
    });
    expect(row).toMatchObject({
      actorId: admin.userId,
      subjectId: id,
      requestId: "test-request",
      before: { name: "Invited", role: "publisher" },
      after: { name: "New", role: "reviewer" },
    });
  });

  test("only admins manage accounts, and an unknown id is not found", async () => {
    const { id } = await invited();
    const before = await room.audited();
    for (const role of ["reviewer", "publisher"] as const) {
      const { ctx } = await room.person(role);
      const acts = [
        createUser(ctx, { email: "x@acme.example", name: "X", role: "admin" }),
        inviteUser(ctx, { id }),
        changeUser(ctx, { id, role: "admin" }),
        listUsers(ctx, { limit: 1 }),
      ];
      for (const act of acts) await expect(act).rejects.toEqual(coded("forbidden"));
    }
    const stranger = room.as(ANONYMOUS);
    await expect(changeUser(stranger, { id, role: "admin" })).rejects.toEqual(coded("unauthenticated"));
    for (const unknown of [UNKNOWN_ID, "x", "", "undefined"])
      await expect(changeUser(admin.ctx, { id: unknown, name: "X" })).rejects.toEqual(coded("not_found"));
    expect((await room.audited()).filter((action) => action === "user.change")).toEqual(
      before.filter((action) => action === "user.change"),
    );
  });

  test("the chain holds, and no password or link token is in it", async () => {
    const { token } = await invited();
    await accept(token);
    const log = JSON.stringify(await room.services.db.pool.query('SELECT * FROM "AuditEvent"'));
    expect(log).not.toContain(PASSWORD);
    expect(log).not.toContain(token);
    expect(await checkAuditChain(room.services)).toMatchObject({ ok: true });
  });
});

describe("the last admin", () => {
  let room: TestIdentity;
  beforeAll(async () => {
    room = await openIdentity("pglite");
  });
  afterAll(() => room.close());

  test("can be neither demoted nor suspended, even while another admin is only invited", async () => {
    const one = await room.person("admin");
    await createUser(one.ctx, { email: "invited@acme.example", name: "Not yet", role: "admin" });
    for (const role of ["publisher", "suspended"] as const)
      await expect(changeUser(one.ctx, { id: one.userId, role })).rejects.toEqual(coded("last_admin"));
  });
});

function tokenOf(inviteUrl: string): string {
  return inviteUrl.slice(inviteUrl.lastIndexOf("/") + 1);
}
