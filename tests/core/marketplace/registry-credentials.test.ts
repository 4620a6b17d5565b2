/** Who can change registry credentials, and what is left of them in the database. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { type Actor, ANONYMOUS } from "@/lib/journal/actor";
import type { Context } from "@/lib/journal/context";
import { credentialAlarms, listRegistries } from "@/lib/marketplace/registry-credentials/list-credentials";
import { recordOutcomes } from "@/lib/marketplace/registry-credentials/record-outcomes";
import { removeCredentials } from "@/lib/marketplace/registry-credentials/remove-credentials";
import { storeCredentials } from "@/lib/marketplace/registry-credentials/store-credentials";
import { usableCredentials } from "@/lib/marketplace/registry-credentials/usable-credentials";
import { credentialVault, passwordSealer } from "@/lib/marketplace/registry-credentials/vault";
import { AppError } from "@/lib/platform/errors";
import { parseRegistries, registries } from "@/lib/registry/registries";
import { credentialsFor, type RegistryCredentials } from "@/lib/registry/registry-credentials";
import { credentialTester, testCredentials } from "@/lib/scanning/credentials/test-credentials";
import { openIdentity, type TestIdentity } from "@/tests/support/identity";

const LOGIN = { username: "robot", password: "hunter2-hunter2" };
const HOST = "ghcr.io";
const SEALER = passwordSealer(["the credential key of these tests, long"]);
const PROVIDED: RegistryCredentials = {
  ...{ line: "environment ghcr.io/provided", host: HOST, namespace: "provided", ...LOGIN },
};

let room: TestIdentity;
let admin: Context;

beforeAll(async () => {
  room = await openIdentity("pglite");
  registries.set(parseRegistries("ghcr.io,docker.io"));
  credentialTester.set({ tryLogin: async () => "accepted" });
});
afterAll(() => room?.close());

beforeEach(async () => {
  credentialVault.set({ sealer: SEALER, environment: [PROVIDED] });
  const { prisma } = room.services.db;
  await prisma.registryCredential.deleteMany();
  await prisma.registryCredentialStatus.deleteMany();
  admin = (await room.person("admin")).ctx;
});

const store = (ctx: Context, more: object = {}) => storeCredentials(ctx, { host: HOST, ...LOGIN, ...more });

async function tokenOf(role: "admin" | "reviewer", scopes: readonly string[]): Promise<Context> {
  const { ctx, userId } = await room.person(role);
  const actor = { kind: "token", userId, name: "CI", role, tokenId: userId, scopes } as Actor;
  return { ...ctx, actor };
}

const ACTS: [string, (ctx: Context) => Promise<unknown>][] = [
  ["listing", listRegistries],
  ["storing", store],
  ["removing", (ctx) => removeCredentials(ctx, { host: HOST, namespace: "" })],
  ["testing", (ctx) => testCredentials(ctx, { host: HOST, namespace: "" })],
];

describe.each(ACTS)("%s", (what, act) => {
  test("is refused to reviewers, publishers, visitors and tokens without the scope", async () => {
    await store(admin);
    for (const role of ["reviewer", "publisher"] as const) {
      const { ctx } = await room.person(role);
      await expect(act(ctx)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(act(room.as(ANONYMOUS))).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(act(await tokenOf("reviewer", ["admin"]))).rejects.toMatchObject({ code: "forbidden" });
    await expect(act(await tokenOf("admin", ["review"]))).rejects.toMatchObject({ code: "scope_missing" });
  });

  test("is allowed to a token with the scope admin", async () => {
    await store(admin);
    await expect(act(await tokenOf("admin", ["admin"]))).resolves.toBeDefined();
  });

  test("of an admin whose sign-in is old", async () => {
    await store(admin);
    const later = { ...admin, clock: { now: () => new Date(Date.now() + 16 * 60_000) } };
    if (what === "listing") await expect(act(later)).resolves.toBeDefined();
    else await expect(act(later)).rejects.toMatchObject({ code: "recent_sign_in_required" });
  });
});

describe("stored credentials", () => {
  test("are sealed for their place: a row that was changed or moved cannot be opened", async () => {
    await store(admin, { namespace: "team" });
    const { prisma } = room.services.db;
    const [row] = await prisma.registryCredential.findMany();
    expect(JSON.stringify(row)).not.toContain(LOGIN.password);
    const find = async () =>
      (await usableCredentials(room.services.db)).find(({ line }) => line === row?.line);
    expect(await find()).toMatchObject({ password: LOGIN.password });
    for (const change of [
      { host: "docker.io" },
      { namespace: "" },
      { username: "another" },
      { tokenServer: "https://evil.example" },
    ]) {
      await prisma.registryCredential.updateMany({ data: change });
      expect(await find()).toMatchObject({ password: "", unusable: { code: "registry_auth_failed" } });
      await prisma.registryCredential.updateMany({
        data: { host: HOST, namespace: "team", username: LOGIN.username, tokenServer: null },
      });
    }
    expect(await find()).toMatchObject({ password: LOGIN.password });
  });

  test("are replaced by the same call, with a new line; the audit log has no password", async () => {
    expect(await store(admin)).toMatchObject({ created: true });
    const [first] = (await usableCredentials(room.services.db)).slice(1);
    expect(await store(admin, { password: "another-password" })).toMatchObject({ created: false });
    const [second] = (await usableCredentials(room.services.db)).slice(1);
    expect(second).toMatchObject({ password: "another-password" });
    expect(second?.line).not.toBe(first?.line);
    const rows = await room.services.db.prisma.auditEvent.findMany({
      where: { action: { startsWith: "registryCredential." } },
      orderBy: { sequence: "desc" },
      take: 2,
    });
    expect(rows.map(({ action }) => action)).toEqual([
      "registryCredential.replace",
      "registryCredential.add",
    ]);
    const text = JSON.stringify(rows.map(({ before, after, reason }) => [before, after, reason]));
    expect(text).toContain("robot");
    expect(text).not.toMatch(/hunter2|another-password/);
  });

  test("of the environment are listed read-only and take precedence", async () => {
    await expect(store(admin, { namespace: "provided" })).rejects.toMatchObject({ code: "already_exists" });
    await expect(removeCredentials(admin, { host: HOST, namespace: "provided" })).rejects.toMatchObject({
      code: "already_exists",
    });
    credentialVault.set({ sealer: SEALER, environment: [] });
    await store(admin, { namespace: "provided", password: "stored-one" });
    credentialVault.set({ sealer: SEALER, environment: [PROVIDED] });
    const usable = await usableCredentials(room.services.db);
    expect(usable.map(({ line }) => line)).toEqual([PROVIDED.line]);
    const [registry] = await listRegistries(admin);
    expect(registry?.credentials).toMatchObject([
      { source: "environment", state: "untested" },
      { source: "stored", state: "overridden" },
    ]);
    expect(JSON.stringify(registry)).not.toMatch(/hunter2|stored-one/);
  });

  test("of a host that is no longer allowed can be removed", async () => {
    await store(admin);
    registries.set(parseRegistries("docker.io"));
    expect((await listRegistries(admin)).find(({ host }) => host === HOST)?.credentials).toContainEqual(
      expect.objectContaining({ source: "stored", state: "not_allowed" }),
    );
    await removeCredentials(admin, { host: HOST, namespace: "" });
    registries.set(parseRegistries("ghcr.io,docker.io"));
  });

  test("have a limit", async () => {
    const { prisma } = room.services.db;
    const row = (n: number) => ({ host: HOST, namespace: `team-${n}`, username: "u", sealed: "v1" });
    await prisma.registryCredential.createMany({ data: Array.from({ length: 200 }, (_, n) => row(n)) });
    await expect(store(admin)).rejects.toMatchObject({ code: "limit_exceeded" });
    await expect(store(admin, { namespace: "team-7" })).resolves.toMatchObject({ created: false });
  });
});

describe("what is recorded of their use", () => {
  const REPOSITORY = repositoryOfName("ghcr.io/team/tool");
  const refusal = (refused: string) =>
    new AppError("registry_auth_failed", "Refused.", { suggestion: "Replace.", details: { refused } });
  const writes = () => room.services.db.prisma.auditEvent.count();
  let credentials: RegistryCredentials;

  beforeEach(async () => {
    await store(admin);
    const found = credentialsFor(await usableCredentials(room.services.db), REPOSITORY);
    if (found === undefined) throw new Error("they were just stored");
    credentials = found;
  });

  const at = (minutes: number): Context => ({
    ...admin,
    clock: { now: () => new Date(Date.now() + minutes * 60_000) },
  });
  const accepted = (repository = REPOSITORY) => ({ kind: "accepted", credentials, repository }) as const;
  const refused = (how: string) =>
    ({ kind: "refused", credentials, repository: REPOSITORY, error: refusal(how) }) as const;
  const status = () =>
    room.services.db.prisma.registryCredentialStatus.findUniqueOrThrow({ where: { line: credentials.line } });

  test("the last use is written once in ten minutes, without an audit row", async () => {
    const before = await writes();
    await recordOutcomes(at(0), [accepted(), accepted()]);
    const first = (await status()).lastUsedAt;
    await recordOutcomes(at(9), [accepted()]);
    expect((await status()).lastUsedAt).toEqual(first);
    await recordOutcomes(at(11), [accepted()]);
    expect((await status()).lastUsedAt).not.toEqual(first);
    expect(await writes()).toBe(before);
  });

  test("an alarm begins once, and a failed login ends with the next use", async () => {
    const before = await writes();
    await recordOutcomes(at(0), [refused("login"), refused("login")]);
    await recordOutcomes(at(11), [refused("login")]);
    expect(await writes()).toBe(before + 1);
    expect(await credentialAlarms(admin)).toMatchObject([{ host: HOST, namespace: "", state: "refused" }]);
    await recordOutcomes(at(12), [accepted(repositoryOfName("ghcr.io/team/other"))]);
    expect(await credentialAlarms(admin)).toEqual([]);
    expect(await status()).toMatchObject({ alarmSince: null, lastError: { code: "registry_auth_failed" } });
    const kinds = await room.services.db.prisma.outboxMessage.findMany({ orderBy: { id: "desc" }, take: 2 });
    expect(kinds.map(({ kind }) => kind)).toEqual([
      "registry.credentials_recovered",
      "registry.credentials_refused",
    ]);
  });

  test("a denied repository must itself be read to end the alarm", async () => {
    await recordOutcomes(at(0), [refused("repository")]);
    await recordOutcomes(at(11), [accepted(repositoryOfName("ghcr.io/team/other"))]);
    expect((await status()).alarmSince).not.toBeNull();
    await recordOutcomes(at(12), [accepted()]);
    expect((await status()).alarmSince).toBeNull();
  });

  test("nothing is recorded of credentials that were replaced meanwhile", async () => {
    await store(admin, { password: "another-password" });
    await recordOutcomes(at(0), [refused("login")]);
    expect(await room.services.db.prisma.registryCredentialStatus.count()).toBe(0);
  });

  test("credentials sealed with a lost key are an alarm", async () => {
    credentialVault.set({
      sealer: passwordSealer(["a new secret that is long enough, really"]),
      environment: [],
    });
    expect(await credentialAlarms(admin)).toMatchObject([{ state: "unopened" }]);
  });
});

describe("a test", () => {
  test("of a repository outside their namespace is refused before anything is sent", async () => {
    await store(admin, { namespace: "team" });
    credentialTester.set({
      tryLogin: async () => {
        throw new Error("must not be called");
      },
    });
    const outside = { host: HOST, namespace: "team", repository: "ghcr.io/other/tool" };
    await expect(testCredentials(admin, outside)).rejects.toMatchObject({ details: { field: "repository" } });
    credentialTester.set({ tryLogin: async () => "accepted" });
  });

  test("that fails is a result and is stored, and one that passes ends the alarm", async () => {
    await store(admin);
    const failed = new AppError("registry_auth_failed", "Refused.", { suggestion: "Replace." });
    credentialTester.set({ tryLogin: () => Promise.reject(failed) });
    const place = { host: HOST, namespace: "" };
    expect(await testCredentials(admin, place)).toEqual({ outcome: "failed", error: failed });
    const test = async () =>
      (await listRegistries(admin))[0]?.credentials.find(({ source }) => source === "stored")?.test;
    expect(await test()).toMatchObject({ error: { message: "Refused." } });
    credentialTester.set({ tryLogin: async () => "accepted" });
    expect(await testCredentials(admin, place)).toEqual({ outcome: "passed", error: undefined });
    expect(await test()).toMatchObject({ error: null });
  });

  test("has a quota of its own", async () => {
    await store(admin);
    const place = { host: HOST, namespace: "" };
    for (let time = 0; time < 20; time += 1) await testCredentials(admin, place);
    await expect(testCredentials(admin, place)).rejects.toMatchObject({ code: "too_many_requests" });
  });
});
