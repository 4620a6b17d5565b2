/** What a row of the tables acts on: an instance of its own process, and an extension that no other row touches. */

import { randomUUID } from "node:crypto";
import { parseDigest } from "@/lib/extension/reference/digest";
import { identity } from "@/lib/identity/identity";
import { createUser } from "@/lib/identity/users/create-user";
import { type Context, services } from "@/lib/journal/context";
import { storeCredentials } from "@/lib/marketplace/registry-credentials/store-credentials";
import { usableCredentials } from "@/lib/marketplace/registry-credentials/usable-credentials";
import { credentialVault, passwordSealer } from "@/lib/marketplace/registry-credentials/vault";
import { parseRegistries, registries } from "@/lib/registry/registries";
import type { RegistryCredentials } from "@/lib/registry/registry-credentials";
import { credentialTester } from "@/lib/scanning/credentials/test-credentials";
import { extensionRecord } from "@/tests/builders/catalog-records";
import { writeExtensions } from "@/tests/builders/catalog-rows";
import { inspectionReport } from "@/tests/builders/inspection-report";
import { decider, found, inReview, scanner } from "@/tests/support/deciders";
import { openIdentity, type Person, type TestIdentity } from "@/tests/support/identity";

export const REASON = "Because.";
export const EARLIER = new Date("2026-01-01T00:00:00Z");
export const ERROR = { code: "internal", message: "It broke.", suggestion: "Wait." };
/** An image that is not listed yet. */
export const PUSHED = inspectionReport("pushed later");

export type Scene = {
  room: TestIdentity;
  /** In force, with 1.0.0 listed. */
  repository: string;
  extensionId: string;
  /** Of 1.0.0. */
  inspectionId: string;
  digest: string;
  admin: Context & { userId: string };
  publisher: Context & { userId: string };
  system: Context;
};

/** What the transactions of a row leave: actions of audit rows, kinds of messages. */
export type Left = { audit: readonly string[]; outbox: readonly string[] };

export const auditOnly = (...audit: string[]): Left => ({ audit, outbox: [] });
export const audited = (audit: string, ...outbox: string[]): Left => ({ audit: [audit], outbox });
export const nothing: Left = { audit: [], outbox: [] };

/** Also fills the services of the process, which operations of the API read. */
export async function openRoom(): Promise<TestIdentity> {
  const room = await openIdentity("pglite");
  const { queue } = scanner(room.services.db);
  services.set({ ...room.services, queue, acceptsRegistry: () => true });
  identity.set(room.services.identity);
  registries.set(parseRegistries("ghcr.io"));
  credentialVault.set({
    sealer: passwordSealer(["of these tests, longer than thirty-two"]),
    environment: [],
  });
  credentialTester.set({ tryLogin: async () => "accepted" });
  return room;
}

export async function openScene(room: TestIdentity): Promise<Scene> {
  const { db } = room.services;
  await db.prisma.registryCredential.deleteMany();
  const [admin, publisher] = [await decider(db, "admin"), await decider(db, "publisher")];
  return { room, admin, publisher, system: scanner(db), ...(await extensionInForce(room)) };
}

export async function extensionInForce({ services: { db } }: TestIdentity) {
  const repository = `ghcr.io/acme/written-${randomUUID()}`;
  await writeExtensions(db, extensionRecord(repository));
  await db.prisma.entry.updateMany({
    where: { extension: { repository } },
    data: { envelope: { capabilities: {}, approved: [] } },
  });
  const where = { extension: { repository } };
  const { extensionId, inspectionId, digest } = await db.prisma.version.findFirstOrThrow({ where });
  return { repository, extensionId, inspectionId, digest };
}

export const rows = ({ room }: Pick<Scene, "room">) => room.services.db.prisma;

/** A submission of the publisher in the review queue; its candidate is `PUSHED`. Returns its id. */
export async function submission({ room, repository, publisher }: Scene): Promise<string> {
  const image = { tag: "1.1.0", report: PUSHED, submitterId: publisher.userId };
  return (await inReview(room.services.db, { repository, ...image })).id;
}

/** One whose check is under way. */
export async function checkingSubmission(scene: Scene): Promise<string> {
  const id = await submission(scene);
  await rows(scene).submission.update({ where: { id }, data: { state: "checking" } });
  return id;
}

/** A scan finds this version with the usual facts. */
export function foundVersion({ room, repository }: Scene, tag: string) {
  return found(room.services.db, repository, tag, PUSHED);
}

/** An account whose owner has not chosen a password; the secret opens it. */
export async function invited({ room }: Scene): Promise<{ id: string; secret: string }> {
  const email = `${randomUUID()}@acme.example`;
  const { id, inviteUrl } = await createUser(
    { ...room.nobody, actor: { kind: "system", name: "tests" } },
    { email, name: "New", role: "publisher" },
  );
  return { id, secret: inviteUrl.slice(inviteUrl.lastIndexOf("/") + 1) };
}

/** Credentials for ghcr.io, new in each scene. */
export async function storedCredentials(scene: Scene): Promise<RegistryCredentials> {
  await storeCredentials(scene.admin, { host: "ghcr.io", username: "robot", password: "read-only" });
  const [stored] = await usableCredentials(scene.room.services.db);
  if (stored === undefined) throw new Error("they were just stored");
  return stored;
}

/** Somebody who has just signed in with a browser. */
export const signedIn = ({ room }: Scene): Promise<Person> => room.person("admin");

/** A job of the extension that crashed its process; `deadSince` is null while it is still tried. */
export function crashed(scene: Scene, kind: string, deadSince: Date | null) {
  const data = { kind, subject: scene.extensionId, crashes: 5, crashesAlone: 3 };
  return rows(scene).jobCrash.create({ data: { ...data, lastCrashAt: EARLIER, deadSince } });
}

/** The image of 1.0.0 as other rules read it. */
export function readOtherwise({ repository, digest }: Scene) {
  const parsed = parseDigest(digest);
  if (parsed === undefined) throw new Error(`${digest} is no digest`);
  return inspectionReport("other facts", { repository, digest: parsed });
}
