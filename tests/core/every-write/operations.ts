/** A call for each operation of the API that may write, and what it has to leave. */

import { randomUUID } from "node:crypto";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { ensureSetupToken } from "@/lib/identity/set-up/setup-token";
import { createToken } from "@/lib/identity/tokens/create-token";
import { type Actor, ANONYMOUS } from "@/lib/journal/actor";
import type { VersionAct } from "@/lib/marketplace/versions/version-command-input";
import { actOnVersion } from "@/lib/marketplace/versions/version-commands";
import {
  audited,
  auditOnly,
  crashed,
  EARLIER,
  extensionInForce,
  invited,
  type Left,
  PUSHED,
  REASON,
  rows,
  type Scene,
  signedIn,
  storedCredentials,
  submission,
} from "@/tests/core/every-write/scene";
import { PASSWORD } from "@/tests/support/identity";

/** By default the admin calls. */
export type Call = { params?: Record<string, string>; body?: unknown; actor?: Actor };
/** `call` also writes what the operation acts on. */
export type OperationRow = { leaves: Left; call: (scene: Scene) => Call | Promise<Call> };

const newEmail = () => `${randomUUID()}@acme.example`;
const newRepository = () => `ghcr.io/acme/new-${randomUUID()}`;
const LOGIN = { username: "robot", password: "read-only" };
const RELEASE = { apiVersion: "0.4.2", confidence: "verified", source: "Seen on a desk." };

function decision(decision: string, message: string, more: object): OperationRow {
  return {
    leaves: audited(`submission.${decision}`, message),
    async call(scene) {
      await rows(scene).entry.delete({ where: { extensionId: scene.extensionId } });
      return { params: { id: await submission(scene) }, body: { decision, ...more } };
    },
  };
}

function versionAct(act: VersionAct, first?: VersionAct): OperationRow {
  return {
    leaves: audited(`version.${act}`, `version.${act}`),
    async call({ admin, repository }) {
      const tag = "1.0.0";
      if (first) await actOnVersion(admin, { repository, tag, act: first, reason: REASON });
      return { params: { repository, tag }, body: { reason: REASON } };
    },
  };
}

/** None for operations that change nothing of anybody's. */
export const OPERATIONS: Record<string, readonly OperationRow[]> = {
  checkUpdates: [],
  // A pre-flight decides nothing. Its report may be kept for a day, which is among the acts.
  inspectImage: [],
  submit: [
    {
      leaves: auditOnly("submission.submit"),
      call: ({ publisher: { actor } }) => ({ body: { repository: newRepository() }, actor }),
    },
  ],
  withdrawSubmission: [
    {
      leaves: auditOnly("submission.withdraw"),
      call: async (scene) => ({
        params: { id: await submission(scene) },
        body: {},
        actor: scene.publisher.actor,
      }),
    },
  ],
  checkSubmission: [
    {
      leaves: auditOnly("submission.check"),
      call: async (scene) => ({ params: { id: await submission(scene) }, body: {} }),
    },
  ],
  replyToSubmission: [
    {
      leaves: auditOnly("submission.reply"),
      call: async (scene) => ({
        params: { id: await submission(scene) },
        body: { message: "Fixed." },
        actor: scene.publisher.actor,
      }),
    },
  ],
  decideSubmission: [
    decision("approve", "submission.approved", { expectedDigest: PUSHED.digest }),
    decision("request_changes", "submission.changes_requested", { reason: REASON }),
    decision("decline", "submission.declined", { reason: REASON }),
  ],
  addEntry: [
    {
      leaves: auditOnly("entry.add"),
      call: () => ({ body: { repository: newRepository(), reason: REASON } }),
    },
  ],
  changeEntry: [
    {
      leaves: audited("entry.change", "entry.changed"),
      call: ({ repository }) => ({ params: { repository }, body: { state: "suspended", reason: REASON } }),
    },
  ],
  changeExtension: [
    {
      leaves: auditOnly("extension.deprecate"),
      call: ({ repository }) => ({ params: { repository }, body: { deprecated: { message: "Old." } } }),
    },
    {
      leaves: auditOnly("extension.move"),
      call: async ({ repository, room }) => ({
        params: { repository },
        body: { movedTo: (await extensionInForce(room)).repository },
      }),
    },
  ],
  listVersion: [versionAct("list", "hold")],
  holdVersion: [versionAct("hold")],
  yankVersion: [versionAct("yank")],
  blockVersion: [versionAct("block")],
  restoreVersion: [versionAct("restore", "yank")],
  scanExtension: [
    {
      leaves: auditOnly("scan.request"),
      call: ({ repository }) => ({ params: { repository }, body: {} }),
    },
  ],
  setUp: [
    {
      leaves: auditOnly("setup.complete"),
      async call(scene) {
        await rows(scene).user.updateMany({ where: { role: "admin" }, data: { role: "publisher" } });
        const link = await ensureSetupToken(scene.room.services);
        const token = new URL(link ?? "").searchParams.get("token");
        return {
          body: { token, email: newEmail(), name: "Root", password: PASSWORD },
          actor: ANONYMOUS,
        };
      },
    },
  ],
  createUser: [
    {
      leaves: auditOnly("user.create"),
      call: () => ({ body: { email: newEmail(), name: "New", role: "publisher" } }),
    },
  ],
  changeUser: [
    {
      leaves: auditOnly("user.change"),
      call: ({ publisher }) => ({ params: { id: publisher.userId }, body: { role: "suspended" } }),
    },
  ],
  inviteUser: [
    {
      leaves: auditOnly("user.invite"),
      call: async (scene) => ({ params: { id: (await invited(scene)).id } }),
    },
  ],
  acceptInvitation: [
    {
      leaves: auditOnly("invitation.accept"),
      call: async (scene) => ({
        body: { token: (await invited(scene)).secret, name: "New", password: PASSWORD },
        actor: ANONYMOUS,
      }),
    },
  ],
  createToken: [
    {
      leaves: auditOnly("token.create"),
      call: async (scene) => ({
        body: { name: "CI", scopes: ["scan"] },
        actor: (await signedIn(scene)).ctx.actor,
      }),
    },
  ],
  revokeToken: [
    {
      leaves: auditOnly("token.revoke"),
      async call(scene) {
        const { ctx } = await signedIn(scene);
        const { id } = await createToken(ctx, { name: "CI", scopes: ["scan"] });
        return { params: { id }, actor: ctx.actor };
      },
    },
  ],
  changePolicy: [{ leaves: auditOnly("policy.change"), call: () => ({ body: { policy: DEFAULT_POLICY } }) }],
  importDesktopReleases: [
    {
      leaves: auditOnly("desktopRelease.import"),
      call: () => ({
        body: { csv: "version,api_version,confidence,source\n4.97.0,0.4.2,verified,Seen on a desk." },
      }),
    },
  ],
  putDesktopRelease: [
    {
      leaves: auditOnly("desktopRelease.add"),
      call: () => ({ params: { version: "4.98.0" }, body: RELEASE }),
    },
    {
      leaves: auditOnly("desktopRelease.change"),
      call: () => ({ params: { version: "4.98.0" }, body: { ...RELEASE, source: "Seen again." } }),
    },
  ],
  removeDesktopRelease: [
    {
      leaves: auditOnly("desktopRelease.remove"),
      async call(scene) {
        const release = { version: "4.99.0", ...RELEASE };
        await rows(scene).desktopRelease.create({ data: release });
        return { params: { version: release.version } };
      },
    },
  ],
  putRegistryCredentials: [
    {
      leaves: auditOnly("registryCredential.add"),
      call: () => ({ params: { host: "ghcr.io" }, body: LOGIN }),
    },
    {
      leaves: auditOnly("registryCredential.replace"),
      call: async (scene) => ({ params: { host: (await storedCredentials(scene)).host }, body: LOGIN }),
    },
  ],
  removeRegistryCredentials: [
    {
      leaves: auditOnly("registryCredential.remove"),
      call: async (scene) => ({ params: { host: (await storedCredentials(scene)).host } }),
    },
  ],
  testRegistryCredentials: [
    {
      leaves: auditOnly("registryCredential.test"),
      call: async (scene) => ({ params: { host: (await storedCredentials(scene)).host }, body: {} }),
    },
  ],
  retryDeadLetter: [
    {
      leaves: auditOnly("job.retry"),
      call: async (scene) => ({
        params: { id: (await crashed(scene, "scan-extension", EARLIER)).id },
        body: {},
      }),
    },
  ],
};
