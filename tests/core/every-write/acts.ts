/** Actions that exist on pages only, and what Gantry does automatically; each with the rows it must leave. */

import { repositoryOfName } from "@/lib/extension/reference/repository";
import { NO_TAG_LIST_FACTS } from "@/lib/extension/reference/tag-list-facts";
import { createSession } from "@/lib/identity/sessions/create-session";
import { endSession, revokeOtherSessions, revokeSession } from "@/lib/identity/sessions/sessions";
import { changePassword } from "@/lib/identity/sign-in/change-password";
import { confirmSignIn } from "@/lib/identity/sign-in/confirm-sign-in";
import { changeName } from "@/lib/identity/users/change-name";
import { enforceBlocks } from "@/lib/marketplace/blocks/enforce-blocks";
import type { AddressToCheck } from "@/lib/marketplace/broken-links/addresses-to-check";
import { queueDueMediaChecks } from "@/lib/marketplace/broken-links/due-checks";
import { recordMediaAnswers } from "@/lib/marketplace/broken-links/record-answers";
import { addDeadLetter, giveUpCheck, giveUpScan } from "@/lib/marketplace/dead-letters/give-up";
import { seedDesktopReleases } from "@/lib/marketplace/desktop-releases/seed-desktop-releases";
import { updateShippedReleases } from "@/lib/marketplace/desktop-releases/update-shipped-releases";
import { expireEntries } from "@/lib/marketplace/entries/expire-entries";
import { CHECK_MEDIA } from "@/lib/marketplace/jobs";
import { sharePreflight } from "@/lib/marketplace/preflight/shared-preflight";
import { readEventTimes } from "@/lib/marketplace/publishing/listing-event-times";
import { recordOutcomes } from "@/lib/marketplace/registry-credentials/record-outcomes";
import { queueDueReinspections } from "@/lib/marketplace/reinspection/due-reinspections";
import { recordReinspection } from "@/lib/marketplace/reinspection/record-reinspection";
import { SHIPPED_KEY, storeShippedTable } from "@/lib/marketplace/rows/shipped-table";
import { closeScan, type ScanResult } from "@/lib/marketplace/scans/close-scan";
import { queueDueScans } from "@/lib/marketplace/scans/due-scans";
import { beginScan } from "@/lib/marketplace/scans/open-scan";
import { resumeChecks } from "@/lib/marketplace/submissions/pending-checks";
import {
  type CheckOutcome,
  recordSubmissionCheck,
} from "@/lib/marketplace/submissions/record-submission-check";
import { recordTags } from "@/lib/marketplace/versions/record-tags";
import { sha256Hex } from "@/lib/platform/crypto";
import { AppError } from "@/lib/platform/errors";
import type { CredentialsOutcome, RegistryCredentials } from "@/lib/registry/registry-credentials";
import {
  audited,
  auditOnly,
  checkingSubmission,
  crashed,
  EARLIER,
  ERROR,
  foundVersion,
  type Left,
  nothing,
  PUSHED,
  REASON,
  readOtherwise,
  rows,
  type Scene,
  signedIn,
  storedCredentials,
} from "@/tests/core/every-write/scene";
import { IP, PASSWORD } from "@/tests/support/identity";

/** What `prepare` commits does not count. */
export type ActRow<Prepared = unknown> = {
  what: string;
  leaves: Left;
  prepare: (scene: Scene) => Promise<Prepared>;
  act: (scene: Scene, prepared: Prepared) => Promise<unknown>;
};

const LIMIT = 1_000;
const none = async () => undefined;

/** Ties the types of a row's two halves. */
function row<Prepared>(made: ActRow<Prepared>): ActRow {
  return { ...made, act: (scene, prepared) => made.act(scene, prepared as Prepared) };
}

const ofPeople: ActRow[] = [
  row({
    what: "signing in",
    leaves: auditOnly("session.create"),
    prepare: none,
    act: ({ room, publisher: { userId } }) =>
      createSession(room.nobody, { userId, epoch: 0, method: "password", userAgent: "" }),
  }),
  row({
    what: "signing out",
    leaves: auditOnly("session.end"),
    prepare: signedIn,
    act: (_scene, { ctx }) => endSession(ctx),
  }),
  row({
    what: "ending one session",
    leaves: auditOnly("session.revoke"),
    async prepare(scene) {
      const { ctx, userId } = await signedIn(scene);
      return { ctx, ...(await rows(scene).session.findFirstOrThrow({ where: { userId } })) };
    },
    act: (_scene, { ctx, id }) => revokeSession(ctx, { id }),
  }),
  row({
    what: "ending all other sessions",
    leaves: auditOnly("session.revokeOthers"),
    async prepare(scene) {
      const person = await signedIn(scene);
      const { epoch } = await rows(scene).user.findUniqueOrThrow({ where: { id: person.userId } });
      await scene.room.signIn(person.userId, epoch);
      return person;
    },
    act: (_scene, { ctx }) => revokeOtherSessions(ctx),
  }),
  row({
    what: "changing one's name",
    leaves: auditOnly("user.changeName"),
    prepare: signedIn,
    act: (_scene, { ctx }) => changeName(ctx, { name: "Someone Else" }),
  }),
  row({
    what: "changing one's password",
    leaves: auditOnly("user.changePassword"),
    prepare: signedIn,
    act: (_scene, { ctx }) =>
      changePassword(ctx, { currentPassword: PASSWORD, newPassword: "another long one", ip: IP }),
  }),
  row({
    what: "confirming a sign-in",
    leaves: auditOnly("session.confirm"),
    prepare: signedIn,
    act: (_scene, { ctx }) => confirmSignIn(ctx, { password: PASSWORD, ip: IP, field: "password" }),
  }),
  row({
    what: "keeping a pre-flight report for a day",
    leaves: nothing,
    prepare: none,
    act: ({ room }) => sharePreflight(room.services, { tag: "1.0.0", report: PUSHED }),
  }),
];

const checkEnds = (what: string, leaves: Left, outcome: CheckOutcome) =>
  row({
    what: `a check that ${what}`,
    leaves,
    prepare: checkingSubmission,
    act: ({ system }, submissionId) => recordSubmissionCheck(system, { submissionId, outcome }),
  });

const ofChecks: ActRow[] = [
  checkEnds("passes", audited("submission.checked", "submission.in_review"), {
    ...{ kind: "inspected", tag: "1.1.0", inspected: { report: PUSHED, media: [] } },
    ...{ skippedTags: [], tagList: NO_TAG_LIST_FACTS },
  }),
  checkEnds("needs changes", audited("submission.checked", "submission.needs_changes"), {
    ...{ kind: "rejected", error: ERROR, skippedTags: [] },
  }),
  checkEnds("needs credentials", audited("submission.checked", "submission.in_review"), {
    ...{ kind: "private", error: ERROR },
  }),
  checkEnds("fails on our side", audited("submission.checked", "submission.errored"), {
    ...{ kind: "failed", error: ERROR, retryAfterSeconds: 60 },
  }),
  row({
    what: "a check that is given up",
    leaves: audited("submission.checked", "submission.errored"),
    prepare: checkingSubmission,
    act: ({ system }, submissionId) => giveUpCheck(system, { submissionId }),
  }),
  row({
    what: "a check that is sent again",
    leaves: nothing,
    async prepare(scene) {
      const id = await checkingSubmission(scene);
      await rows(scene)
        .$executeRaw`UPDATE "Submission" SET "updatedAt" = ${EARLIER} WHERE "id" = ${id}::uuid`;
    },
    act: ({ system }) => resumeChecks(system),
  }),
];

async function scan(scene: Scene, result: Pick<ScanResult, "availability">): Promise<void> {
  const { system, extensionId } = scene;
  await queueDueScans(system, { limit: LIMIT });
  const { id } = await rows(scene).scan.findFirstOrThrow({ where: { extensionId } });
  const begun = await beginScan(system, { scanId: id });
  if (begun === undefined) throw new Error("the scan did not begin");
  const counts = { found: 0, listed: 0, held: 0, moved: 0, skipped: [], requests: 0, bytes: 0 };
  await closeScan(system, {
    scan: begun,
    result: { event: "succeed", ...counts, ...result },
    nextScanAt: new Date("2100-01-01T00:00:00Z"),
  });
}

const ofScans: ActRow[] = [
  row({
    what: "a scan that finds nothing new",
    leaves: nothing,
    prepare: none,
    act: (scene) => scan(scene, { availability: undefined }),
  }),
  row({
    what: "a scan that finds the repository gone",
    leaves: audited("extension.unavailable", "extension.unavailable"),
    prepare: (scene) =>
      rows(scene).extension.update({
        where: { id: scene.extensionId },
        data: { refusal: "gone", refusals: 5, refusedSince: EARLIER },
      }),
    act: (scene) => scan(scene, { availability: "gone" }),
  }),
  row({
    what: "a scan that is given up",
    leaves: nothing,
    async prepare(scene) {
      await queueDueScans(scene.system, { limit: LIMIT });
      return rows(scene).scan.findFirstOrThrow({ where: { extensionId: scene.extensionId } });
    },
    act: ({ system }, { id }) => giveUpScan(system, { scanId: id, intervalSeconds: 60 }),
  }),
  row({
    what: "a version that a scan finds",
    leaves: audited("version.record", "versions.found"),
    prepare: none,
    act: (scene) => foundVersion(scene, "1.3.0"),
  }),
  row({
    what: "a tag that left the registry",
    leaves: auditOnly("version.tags"),
    prepare: none,
    act: ({ system, extensionId }) =>
      recordTags(system, {
        extensionId,
        observed: [],
        listedTags: [],
        missingTags: ["1.0.0"],
        facts: NO_TAG_LIST_FACTS,
        due: [],
      }),
  }),
];

const ADDRESS: AddressToCheck = {
  ...{ url: "https://acme.example/manual", use: "link", name: "link “Manual”" },
  ...{ label: "com.docker.extension.additional-urls", tag: "1.0.0" },
};

const PRIVATE = repositoryOfName("ghcr.io/acme/private");
const refused = (credentials: RegistryCredentials): CredentialsOutcome => ({
  ...{ kind: "refused", credentials, repository: PRIVATE },
  error: new AppError("registry_auth_failed", "Refused.", { suggestion: "Replace them." }),
});

const outdated = (scene: Scene) =>
  rows(scene).inspection.update({ where: { id: scene.inspectionId }, data: { inspectorVersion: 0 } });

const ofTime: ActRow[] = [
  row({
    what: "an entry that expires",
    leaves: audited("entry.expire", "entry.expired"),
    prepare: (scene) =>
      rows(scene).entry.update({
        where: { extensionId: scene.extensionId },
        data: { expiresAt: EARLIER },
      }),
    act: ({ system }) => expireEntries(system),
  }),
  row({
    what: "a version that turns out to hold a blocked image",
    leaves: audited("version.block", "version.block"),
    prepare: (scene) =>
      rows(scene).blockedImage.create({
        data: {
          ...{ digest: scene.digest, digests: [scene.digest], level: "hard", reason: REASON },
          ...{ repository: scene.repository, tag: "1.0.0", blockedAt: EARLIER },
        },
      }),
    act: ({ system }) => enforceBlocks(system),
  }),
  row({
    what: "a re-inspection that is due",
    leaves: nothing,
    prepare: outdated,
    act: ({ system }) => queueDueReinspections(system, { limit: LIMIT }),
  }),
  row({
    what: "a re-inspection that finds other facts",
    leaves: audited("inspection.change", "versions.reinspected"),
    prepare: outdated,
    act: (scene, { id }) =>
      recordReinspection(scene.system, {
        inspectionId: id,
        outcome: { kind: "inspected", inspected: { report: readOtherwise(scene), media: [] } },
      }),
  }),
  row({
    what: "a re-inspection that refuses the image",
    leaves: audited("inspection.refuse", "versions.reinspected"),
    prepare: outdated,
    act: ({ system }, { id }) =>
      recordReinspection(system, { inspectionId: id, outcome: { kind: "refused", error: ERROR } }),
  }),
  row({
    what: "a look at addresses that is due",
    leaves: nothing,
    prepare: (scene) =>
      rows(scene).extension.update({
        where: { id: scene.extensionId },
        data: { nextMediaCheckAt: EARLIER },
      }),
    act: ({ system }) => queueDueMediaChecks(system, { limit: LIMIT }),
  }),
  row({
    what: "an address that dies",
    leaves: audited("extension.media_dead", "extension.media_dead"),
    prepare: (scene) => {
      const { url: address, ...named } = ADDRESS;
      const failures = { failures: 5, firstFailedAt: EARLIER, lastFailedAt: EARLIER, why: "404" };
      const place = { extensionId: scene.extensionId, addressHash: sha256Hex(address), address };
      return rows(scene).mediaFailure.create({ data: { ...place, ...named, ...failures } });
    },
    act: ({ system, extensionId }) =>
      recordMediaAnswers(system, {
        extensionId,
        answers: [{ address: ADDRESS, answer: { kind: "failed", why: "it answered 404" } }],
      }),
  }),
  row({
    what: "registry credentials that are used",
    leaves: nothing,
    prepare: storedCredentials,
    act: ({ system }, credentials) =>
      recordOutcomes(system, [{ kind: "accepted", credentials, repository: PRIVATE }]),
  }),
  row({
    what: "registry credentials that are refused",
    leaves: audited("registryCredential.refused", "registry.credentials_refused"),
    prepare: storedCredentials,
    act: ({ system }, credentials) => recordOutcomes(system, [refused(credentials)]),
  }),
  row({
    what: "registry credentials that work again",
    leaves: audited("registryCredential.recovered", "registry.credentials_recovered"),
    async prepare(scene) {
      const credentials = await storedCredentials(scene);
      await recordOutcomes(scene.system, [refused(credentials)]);
      return credentials;
    },
    act: ({ system }, credentials) =>
      recordOutcomes(system, [{ kind: "accepted", credentials, repository: PRIVATE }]),
  }),
  row({
    what: "a job that is given up",
    leaves: audited("job.giveUp", "job.dead"),
    prepare: (scene) => crashed(scene, CHECK_MEDIA.name, null),
    act: ({ system, extensionId }) => addDeadLetter(system, CHECK_MEDIA, { extensionId }),
  }),
  row({
    what: "the first start, which fills the table of Docker Desktop releases",
    leaves: nothing,
    prepare: async (scene) => {
      await rows(scene).desktopRelease.deleteMany();
      await rows(scene).setting.deleteMany({ where: { key: SHIPPED_KEY } });
    },
    act: ({ room }) => seedDesktopReleases(room.services.db),
  }),
  row({
    what: "the first start after an upgrade, which updates that table",
    leaves: auditOnly("desktopRelease.update"),
    prepare: (scene) => storeShippedTable(rows(scene), { revision: 1, releases: [] }),
    act: ({ system }) => updateShippedReleases(system),
  }),
  row({
    what: "reading when listings changed",
    leaves: nothing,
    prepare: none,
    act: ({ room }) => readEventTimes(room.services.db, 0n),
  }),
];

export const ACTS: readonly ActRow[] = [...ofPeople, ...ofChecks, ...ofScans, ...ofTime];
