import { readFile, stat } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isSetupOpen, setUp } from "@/lib/identity/set-up/set-up";
import { ensureSetupToken, setupTokenFile } from "@/lib/identity/set-up/setup-token";
import { authenticate } from "@/lib/identity/sign-in/authenticate";
import { authenticateToken } from "@/lib/identity/tokens/authenticate-token";
import { SCOPES } from "@/lib/journal/actor";
import { checkAuditChain } from "@/lib/journal/audit-check";
import { completeSetup, IP, openIdentity, PASSWORD, type TestIdentity } from "@/tests/support/identity";

const coded = (code: string) => expect.objectContaining({ code });
const DAY_SECONDS = 24 * 60 * 60;
const FORM = { email: "root@acme.example", name: "Root", password: PASSWORD, ip: IP };

describe("set-up", () => {
  let room: TestIdentity;

  beforeEach(async () => {
    room = await openIdentity("pglite");
  });
  afterEach(() => room.close());

  async function setupToken(): Promise<string> {
    const link = await ensureSetupToken(room.services);
    return new URL(link ?? "").searchParams.get("token") ?? "";
  }

  test("the token lies in the data folder for its owner only, and stays the same over restarts", async () => {
    const token = await setupToken();
    expect(await setupToken()).toBe(token);
    const file = setupTokenFile(room.dataDir);
    expect((await readFile(file, "utf8")).trim()).toBe(token);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const stored = await room.services.db.prisma.setupToken.findMany();
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  test("makes an admin who can sign in, and by API a token with every scope that ends in a day", async () => {
    const { user, apiToken } = await completeSetup(room);
    expect(user).toMatchObject({ email: "root@acme.example", role: "admin", state: "active" });
    expect(await authenticate(room.services, { ...FORM })).toEqual({
      userId: user.id,
      epoch: 0,
      method: "password",
    });
    const token = apiToken?.token ?? "";
    expect(await authenticateToken(room.services, token)).toMatchObject({ role: "admin", scopes: SCOPES });
    room.advance(DAY_SECONDS - 60);
    await authenticateToken(room.services, token);
    room.advance(61);
    await expect(authenticateToken(room.services, token)).rejects.toThrow(/expired/);
    expect(await room.audited()).toEqual(["setup.complete"]);
  });

  test("makes no token unless asked, which is what the page does", async () => {
    const done = await setUp(room.nobody, { ...FORM, token: await setupToken() });
    expect(done).toMatchObject({ method: "setup", apiToken: undefined });
    expect(await room.services.db.prisma.apiToken.count()).toBe(0);
  });

  test("its token ends when the caller says, or never; a time in the past leaves setup open", async () => {
    const token = await setupToken();
    const past = setUp(room.nobody, { ...FORM, token, apiToken: { expiresAt: new Date(0) } });
    await expect(past).rejects.toMatchObject({
      code: "invalid_input",
      details: { field: "tokenExpiresAt" },
    });
    const done = await setUp(room.nobody, { ...FORM, token, apiToken: { expiresAt: null } });
    expect(done.apiToken?.expiresAt).toBeNull();
    room.advance(365 * DAY_SECONDS);
    await authenticateToken(room.services, done.apiToken?.token ?? "");
  });

  test("works once: afterwards it is closed, its token and file are gone, and no start opens it again", async () => {
    const token = await setupToken();
    await completeSetup(room);
    expect(await isSetupOpen(room.services.db)).toBe(false);
    await expect(stat(setupTokenFile(room.dataDir))).rejects.toThrow("ENOENT");
    await expect(setUp(room.nobody, { ...FORM, token })).rejects.toEqual(coded("setup_closed"));
    expect(await room.services.db.prisma.setupToken.count()).toBe(0);
    expect(await ensureSetupToken(room.services)).toBeUndefined();
  });

  test("a wrong token changes nothing, and guessing is throttled without keeping the owner out", async () => {
    const token = await setupToken();
    for (let n = 0; n < 10; n += 1)
      await expect(setUp(room.nobody, { ...FORM, token: `guess-${n}` })).rejects.toEqual(
        coded("setup_token_invalid"),
      );
    await expect(setUp(room.nobody, { ...FORM, token: "guess" })).rejects.toEqual(coded("too_many_attempts"));
    expect(await room.services.db.prisma.user.count()).toBe(0);
    await setUp(room.nobody, { ...FORM, token });
  });

  test.each([
    ["email", { email: "root@acme.example,eve@acme.example" }],
    ["name", { name: "Ro\not" }],
    ["password", { password: "short" }],
    ["password", { password: "root@acme.example" }],
  ])("a bad %s is named and leaves setup open", async (field, change) => {
    const token = await setupToken();
    await expect(setUp(room.nobody, { ...FORM, ...change, token })).rejects.toMatchObject({
      code: "invalid_input",
      details: { field },
    });
    expect(await isSetupOpen(room.services.db)).toBe(true);
    expect(await room.audited()).toEqual([]);
  });

  test("neither password nor token is in the audit log", async () => {
    const token = await setupToken();
    const result = await setUp(room.nobody, { ...FORM, token, apiToken: {} });
    expect(result.apiToken?.token).toMatch(/^gtry_/);
    const log = JSON.stringify(await room.services.db.pool.query('SELECT * FROM "AuditEvent"'));
    for (const secret of [PASSWORD, token, result.apiToken?.token]) expect(log).not.toContain(secret);
    expect(await checkAuditChain(room.services)).toMatchObject({ ok: true, rows: 1 });
  });
});
