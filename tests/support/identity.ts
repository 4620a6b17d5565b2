/** The identity room on a database of the test's own, with people to act in it and a clock to move. */

import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createIdentity, type IdentityContext, type IdentityServices } from "@/lib/identity/identity";
import { hashPassword } from "@/lib/identity/password";
import { createSession } from "@/lib/identity/sessions/create-session";
import { readSession } from "@/lib/identity/sessions/read-session";
import { setUp } from "@/lib/identity/set-up/set-up";
import { ensureSetupToken } from "@/lib/identity/set-up/setup-token";
import { type Actor, ANONYMOUS, type Role } from "@/lib/journal/actor";
import { testAudit } from "@/tests/support/audit";
import { type EngineName, openTestDatabase, type TestDatabase } from "@/tests/support/databases/database";

export const PASSWORD = "correct horse battery";
export const IP = "192.0.2.1";

export type Person = {
  ctx: IdentityContext;
  userId: string;
  email: string;
  /** The value of their session cookie. */
  cookie: string;
};

export type TestIdentity = {
  services: IdentityServices;
  dataDir: string;
  advance(seconds: number): void;
  as(actor: Actor): IdentityContext;
  /** The context of a form or call without credentials. */
  nobody: IdentityContext;
  /** An account with the password above, as an accepted invitation leaves it, signed in. */
  person(role: Exclude<Role, "suspended">): Promise<Person>;
  signIn(userId: string, epoch: number): Promise<string>;
  /** The context of the session behind a cookie, as it is now. */
  inSession(cookie: string): Promise<IdentityContext>;
  /** Actions of the audit log, oldest first. */
  audited(): Promise<string[]>;
  close(): Promise<void>;
};

let people = 0;

/** On a new database of this engine, or on the one given. */
export async function openIdentity(
  on: EngineName | TestDatabase,
  url = "https://gantry.example",
): Promise<TestIdentity> {
  const { db, close } = typeof on === "string" ? await openTestDatabase(on) : on;
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "gantry-identity-"));
  let aheadMs = 0;
  const services: IdentityServices = {
    db,
    clock: { now: () => new Date(Date.now() + aheadMs) },
    queue: noQueue(),
    audit: testAudit(),
    acceptsRegistry: () => false,
    identity: createIdentity({ url, secret: "of the tests, longer than thirty-two", dataDir }, db),
  };
  const as = (actor: Actor): IdentityContext => ({ ...services, actor, requestId: "test-request" });
  const signIn = async (userId: string, epoch: number) =>
    (await createSession(as(ANONYMOUS), { userId, epoch, method: "password", userAgent: "Tests/1" })).value;
  const inSession = async (cookie: string) => {
    const session = await readSession(services, cookie);
    if (!session) throw new Error("a session that should be valid is not");
    return as(session.actor);
  };
  return {
    services,
    dataDir,
    as,
    signIn,
    inSession,
    nobody: as(ANONYMOUS),
    advance(seconds) {
      aheadMs += seconds * 1000;
    },
    async person(role) {
      people += 1;
      const email = `${role}-${people}@acme.example`;
      const { id: userId, epoch } = await db.prisma.user.create({
        data: { email, name: `The ${role}`, role, epoch: 1, passwordHash: await passwordHash() },
      });
      const cookie = await signIn(userId, epoch);
      return { ctx: await inSession(cookie), userId, email, cookie };
    },
    async audited() {
      const rows = await db.prisma.auditEvent.findMany({ orderBy: { sequence: "asc" } });
      return rows.map(({ action }) => action);
    },
    async close() {
      await close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Setup done with the token of the data folder, as by API; the admin's API token. */
export async function completeSetup(room: TestIdentity, email = "root@acme.example") {
  const link = await ensureSetupToken(room.services);
  const token = new URL(link ?? "").searchParams.get("token") ?? "";
  const done = await setUp(room.nobody, {
    ...{ token, email, name: "Root", password: PASSWORD, ip: IP },
    apiToken: {},
  });
  return { user: done.user, apiToken: done.apiToken };
}

let hash: Promise<string> | undefined;

/** Of the password above; hashing it for each person would take longer than most tests. */
function passwordHash(): Promise<string> {
  hash ??= hashPassword(PASSWORD);
  return hash;
}

/** Identity sends no jobs. */
function noQueue(): IdentityServices["queue"] {
  const refuse = () => Promise.reject(new Error("identity must not use the queue"));
  return { send: refuse, waiting: refuse, work: refuse, stop: refuse };
}
