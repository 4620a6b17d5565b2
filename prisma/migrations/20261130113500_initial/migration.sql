-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('admin', 'reviewer', 'publisher', 'suspended');

-- CreateEnum
CREATE TYPE "SignInMethod" AS ENUM ('password', 'invitation', 'setup');

-- CreateEnum
CREATE TYPE "Refusal" AS ENUM ('gone', 'private', 'blocked');

-- CreateEnum
CREATE TYPE "EntryState" AS ENUM ('active', 'suspended', 'expired', 'revoked');

-- CreateEnum
CREATE TYPE "TrackKind" AS ENUM ('follow', 'range', 'pin');

-- CreateEnum
CREATE TYPE "InspectionState" AS ENUM ('pending', 'inspected', 'invalid', 'unreadable');

-- CreateEnum
CREATE TYPE "Visibility" AS ENUM ('unlisted', 'listed', 'held', 'yanked', 'blocked');

-- CreateEnum
CREATE TYPE "BlockLevel" AS ENUM ('hard', 'soft');

-- CreateEnum
CREATE TYPE "SubmissionState" AS ENUM ('checking', 'in_review', 'needs_changes', 'errored', 'approved', 'declined', 'withdrawn');

-- CreateEnum
CREATE TYPE "ScanState" AS ENUM ('queued', 'running', 'ok', 'unchanged', 'partial', 'failed', 'rate_limited');

-- CreateEnum
CREATE TYPE "AddressUse" AS ENUM ('icon', 'screenshot', 'link');

-- CreateTable
CREATE TABLE "User" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "passwordHash" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "userAgent" TEXT NOT NULL DEFAULT '',
    "authenticatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "signInMethod" "SignInMethod" NOT NULL DEFAULT 'password',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "scopes" TEXT[],
    "parentId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SetupToken" (
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SetupToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subjectKind" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,
    "requestId" TEXT,
    "keyId" TEXT,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "notBefore" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "OutboxMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobWorker" (
    "id" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stoppingAt" TIMESTAMPTZ(3),

    CONSTRAINT "JobWorker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JobRun" (
    "jobId" UUID NOT NULL,
    "workerId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "alone" BOOLEAN NOT NULL DEFAULT false,
    "progressedAt" TIMESTAMPTZ(3),

    CONSTRAINT "JobRun_pkey" PRIMARY KEY ("jobId")
);

-- CreateTable
CREATE TABLE "JobCrash" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "crashes" INTEGER NOT NULL,
    "crashesAlone" INTEGER NOT NULL,
    "lastCrashAt" TIMESTAMPTZ(3) NOT NULL,
    "deadSince" TIMESTAMPTZ(3),

    CONSTRAINT "JobCrash_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "consumed" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "CatalogRevision" (
    "id" INTEGER NOT NULL,
    "revision" BIGINT NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "wholeRevision" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "CatalogRevision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DesktopRelease" (
    "version" TEXT NOT NULL,
    "releasedOn" TEXT,
    "apiVersion" TEXT,
    "confidence" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "note" TEXT,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DesktopRelease_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "Extension" (
    "id" UUID NOT NULL,
    "repository" TEXT NOT NULL,
    "deprecated" JSONB,
    "movedTo" TEXT,
    "revision" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastScanAt" TIMESTAMPTZ(3),
    "nextScanAt" TIMESTAMPTZ(3),
    "refusal" "Refusal",
    "refusedSince" TIMESTAMPTZ(3),
    "refusals" INTEGER NOT NULL DEFAULT 0,
    "unavailableSince" TIMESTAMPTZ(3),
    "highTag" TEXT,
    "highTagNext" TEXT,
    "nextMediaCheckAt" TIMESTAMPTZ(3),

    CONSTRAINT "Extension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Entry" (
    "id" UUID NOT NULL,
    "extensionId" UUID NOT NULL,
    "state" "EntryState" NOT NULL,
    "track" "TrackKind" NOT NULL,
    "range" TEXT,
    "pinTag" TEXT,
    "pinDigest" TEXT,
    "expiresAt" TIMESTAMPTZ(3),
    "envelope" JSONB NOT NULL,
    "reason" TEXT,
    "decidedBy" "Role",
    "since" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Inspection" (
    "id" UUID NOT NULL,
    "extensionId" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "state" "InspectionState" NOT NULL,
    "report" JSONB,
    "error" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "inspectorVersion" INTEGER NOT NULL DEFAULT 0,
    "reinspectedFrom" INTEGER,
    "changedBy" INTEGER,
    "previousReport" JSONB,
    "reinspectAt" TIMESTAMPTZ(3),
    "reinspectFailures" INTEGER NOT NULL DEFAULT 0,
    "reinspectError" JSONB,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Inspection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Version" (
    "id" UUID NOT NULL,
    "extensionId" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "semver" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "inspectionId" UUID NOT NULL,
    "visibility" "Visibility" NOT NULL,
    "reason" JSONB,
    "blockLevel" "BlockLevel",
    "decidedBy" "Role",
    "current" BOOLEAN NOT NULL DEFAULT true,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "listedAt" TIMESTAMPTZ(3),
    "movedDigest" TEXT,
    "movedSeenAt" TIMESTAMPTZ(3),
    "missingSince" TIMESTAMPTZ(3),

    CONSTRAINT "Version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BlockedImage" (
    "digest" TEXT NOT NULL,
    "digests" TEXT[],
    "level" "BlockLevel" NOT NULL,
    "reason" TEXT NOT NULL,
    "decidedBy" "Role",
    "repository" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "blockedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BlockedImage_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" UUID NOT NULL,
    "extensionId" UUID NOT NULL,
    "submitterId" UUID NOT NULL,
    "state" "SubmissionState" NOT NULL,
    "candidateTag" TEXT,
    "candidateDigest" TEXT,
    "inspectionId" UUID,
    "skippedTags" JSONB NOT NULL DEFAULT '[]',
    "error" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "direct" JSONB,
    "previousId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "queuedAt" TIMESTAMPTZ(3),
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SubmissionEvent" (
    "id" UUID NOT NULL,
    "submissionId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "message" TEXT,
    "data" JSONB,

    CONSTRAINT "SubmissionEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Decision" (
    "id" UUID NOT NULL,
    "extensionId" UUID NOT NULL,
    "submissionId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT,
    "tag" TEXT,
    "digest" TEXT,
    "data" JSONB,

    CONSTRAINT "Decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ListingEvent" (
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "repository" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "item" JSONB,

    CONSTRAINT "ListingEvent_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "Scan" (
    "id" UUID NOT NULL,
    "extensionId" UUID NOT NULL,
    "state" "ScanState" NOT NULL,
    "trigger" TEXT NOT NULL,
    "found" INTEGER NOT NULL DEFAULT 0,
    "listed" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "moved" INTEGER NOT NULL DEFAULT 0,
    "skipped" JSONB NOT NULL DEFAULT '[]',
    "requests" INTEGER NOT NULL DEFAULT 0,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "error" JSONB,
    "until" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Scan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FailingTag" (
    "extensionId" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "digest" TEXT,
    "attempts" INTEGER NOT NULL,
    "error" JSONB NOT NULL,
    "lastTriedAt" TIMESTAMPTZ(3) NOT NULL,
    "nextTryAt" TIMESTAMPTZ(3),

    CONSTRAINT "FailingTag_pkey" PRIMARY KEY ("extensionId","tag")
);

-- CreateTable
CREATE TABLE "Media" (
    "sha256" TEXT NOT NULL,
    "contentType" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Media_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "MediaFailure" (
    "extensionId" UUID NOT NULL,
    "addressHash" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "use" "AddressUse" NOT NULL,
    "name" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "firstFailedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastFailedAt" TIMESTAMPTZ(3) NOT NULL,
    "deadSince" TIMESTAMPTZ(3),

    CONSTRAINT "MediaFailure_pkey" PRIMARY KEY ("extensionId","addressHash")
);

-- CreateTable
CREATE TABLE "LayerFact" (
    "line" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "readerVersion" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LayerFact_pkey" PRIMARY KEY ("line","digest")
);

-- CreateTable
CREATE TABLE "SharedPreflight" (
    "id" TEXT NOT NULL,
    "tag" TEXT,
    "report" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SharedPreflight_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");

-- CreateIndex
CREATE INDEX "Invitation_userId_idx" ON "Invitation"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_tokenHash_key" ON "ApiToken"("tokenHash");

-- CreateIndex
CREATE INDEX "ApiToken_userId_idx" ON "ApiToken"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_hash_key" ON "AuditEvent"("hash");

-- CreateIndex
CREATE INDEX "AuditEvent_subjectKind_subjectId_idx" ON "AuditEvent"("subjectKind", "subjectId");

-- CreateIndex
CREATE INDEX "AuditEvent_action_idx" ON "AuditEvent"("action");

-- CreateIndex
CREATE INDEX "OutboxMessage_deliveredAt_notBefore_idx" ON "OutboxMessage"("deliveredAt", "notBefore");

-- CreateIndex
CREATE INDEX "JobWorker_seenAt_idx" ON "JobWorker"("seenAt");

-- CreateIndex
CREATE INDEX "JobRun_workerId_idx" ON "JobRun"("workerId");

-- CreateIndex
CREATE INDEX "JobCrash_deadSince_idx" ON "JobCrash"("deadSince");

-- CreateIndex
CREATE UNIQUE INDEX "JobCrash_kind_subject_key" ON "JobCrash"("kind", "subject");

-- CreateIndex
CREATE INDEX "RateLimit_expiresAt_idx" ON "RateLimit"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Extension_repository_key" ON "Extension"("repository");

-- CreateIndex
CREATE INDEX "Extension_revision_idx" ON "Extension"("revision");

-- CreateIndex
CREATE INDEX "Extension_nextScanAt_idx" ON "Extension"("nextScanAt");

-- CreateIndex
CREATE INDEX "Extension_nextMediaCheckAt_idx" ON "Extension"("nextMediaCheckAt");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_extensionId_key" ON "Entry"("extensionId");

-- CreateIndex
CREATE INDEX "Entry_expiresAt_idx" ON "Entry"("expiresAt");

-- CreateIndex
CREATE INDEX "Inspection_inspectorVersion_idx" ON "Inspection"("inspectorVersion");

-- CreateIndex
CREATE UNIQUE INDEX "Inspection_extensionId_digest_key" ON "Inspection"("extensionId", "digest");

-- CreateIndex
CREATE INDEX "Version_inspectionId_idx" ON "Version"("inspectionId");

-- CreateIndex
CREATE INDEX "Version_digest_idx" ON "Version"("digest");

-- CreateIndex
CREATE UNIQUE INDEX "Version_extensionId_tag_digest_key" ON "Version"("extensionId", "tag", "digest");

-- CreateIndex
CREATE INDEX "BlockedImage_digests_idx" ON "BlockedImage" USING GIN ("digests");

-- CreateIndex
CREATE INDEX "Submission_state_queuedAt_idx" ON "Submission"("state", "queuedAt");

-- CreateIndex
CREATE INDEX "Submission_extensionId_idx" ON "Submission"("extensionId");

-- CreateIndex
CREATE INDEX "Submission_submitterId_idx" ON "Submission"("submitterId");

-- CreateIndex
CREATE INDEX "SubmissionEvent_submissionId_at_idx" ON "SubmissionEvent"("submissionId", "at");

-- CreateIndex
CREATE INDEX "Decision_extensionId_at_idx" ON "Decision"("extensionId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "ListingEvent_at_key" ON "ListingEvent"("at");

-- CreateIndex
CREATE INDEX "ListingEvent_repository_at_idx" ON "ListingEvent"("repository", "at");

-- CreateIndex
CREATE INDEX "Scan_extensionId_createdAt_idx" ON "Scan"("extensionId", "createdAt");

-- CreateIndex
CREATE INDEX "Scan_until_idx" ON "Scan"("until");

-- CreateIndex
CREATE INDEX "LayerFact_createdAt_idx" ON "LayerFact"("createdAt");

-- CreateIndex
CREATE INDEX "SharedPreflight_expiresAt_idx" ON "SharedPreflight"("expiresAt");

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "ApiToken"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "JobRun" ADD CONSTRAINT "JobRun_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "JobWorker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Entry" ADD CONSTRAINT "Entry_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Inspection" ADD CONSTRAINT "Inspection_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_inspectionId_fkey" FOREIGN KEY ("inspectionId") REFERENCES "Inspection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_submitterId_fkey" FOREIGN KEY ("submitterId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_inspectionId_fkey" FOREIGN KEY ("inspectionId") REFERENCES "Inspection"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Submission" ADD CONSTRAINT "Submission_previousId_fkey" FOREIGN KEY ("previousId") REFERENCES "Submission"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubmissionEvent" ADD CONSTRAINT "SubmissionEvent_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Decision" ADD CONSTRAINT "Decision_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Scan" ADD CONSTRAINT "Scan_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FailingTag" ADD CONSTRAINT "FailingTag_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MediaFailure" ADD CONSTRAINT "MediaFailure_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Written by hand, because the schema language cannot express it.

-- History is append-only.
CREATE FUNCTION gantry_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER "AuditEvent_append_only" BEFORE UPDATE OR DELETE ON "AuditEvent"
  FOR EACH ROW EXECUTE FUNCTION gantry_refuse_change();
CREATE TRIGGER "AuditEvent_no_truncate" BEFORE TRUNCATE ON "AuditEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION gantry_refuse_change();
CREATE TRIGGER "ListingEvent_append_only" BEFORE UPDATE OR DELETE ON "ListingEvent"
  FOR EACH ROW EXECUTE FUNCTION gantry_refuse_change();
CREATE TRIGGER "ListingEvent_no_truncate" BEFORE TRUNCATE ON "ListingEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION gantry_refuse_change();

-- One accepted digest per tag.
CREATE UNIQUE INDEX "Version_one_current" ON "Version" ("extensionId", "tag") WHERE "current";

-- One open submission per extension.
CREATE UNIQUE INDEX "Submission_one_open" ON "Submission" ("extensionId")
  WHERE "state" IN ('checking', 'in_review', 'needs_changes', 'errored');

-- The inspected images that contain a platform manifest: read when an image is blocked or its block is lifted.
CREATE INDEX "Inspection_platforms_idx" ON "Inspection" USING GIN (("report" -> 'platforms') jsonb_path_ops);

-- The catalog's only revision row, which every change of the catalog updates.
INSERT INTO "CatalogRevision" ("id", "revision") VALUES (1, 0);
