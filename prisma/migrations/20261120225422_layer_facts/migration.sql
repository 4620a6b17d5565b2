-- CreateTable
CREATE TABLE "LayerFact" (
    "line" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LayerFact_pkey" PRIMARY KEY ("line","digest")
);

-- CreateIndex
CREATE INDEX "LayerFact_createdAt_idx" ON "LayerFact"("createdAt");
