-- AlterTable
ALTER TABLE "Scan" ADD COLUMN     "pausedUntil" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Scan_pausedUntil_idx" ON "Scan"("pausedUntil");
