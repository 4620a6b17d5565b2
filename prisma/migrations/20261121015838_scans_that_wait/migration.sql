-- CreateIndex
CREATE INDEX "Scan_until_idx" ON "Scan"("until");
