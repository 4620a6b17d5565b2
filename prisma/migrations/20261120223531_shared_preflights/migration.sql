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
CREATE INDEX "SharedPreflight_expiresAt_idx" ON "SharedPreflight"("expiresAt");
