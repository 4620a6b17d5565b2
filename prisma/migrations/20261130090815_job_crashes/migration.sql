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

-- CreateIndex
CREATE INDEX "JobWorker_seenAt_idx" ON "JobWorker"("seenAt");

-- CreateIndex
CREATE INDEX "JobRun_workerId_idx" ON "JobRun"("workerId");

-- CreateIndex
CREATE INDEX "JobCrash_deadSince_idx" ON "JobCrash"("deadSince");

-- CreateIndex
CREATE UNIQUE INDEX "JobCrash_kind_subject_key" ON "JobCrash"("kind", "subject");

-- AddForeignKey
ALTER TABLE "JobRun" ADD CONSTRAINT "JobRun_workerId_fkey" FOREIGN KEY ("workerId") REFERENCES "JobWorker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
