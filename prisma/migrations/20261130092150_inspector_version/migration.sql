-- AlterTable
ALTER TABLE "Inspection" ADD COLUMN     "changedBy" INTEGER,
ADD COLUMN     "inspectorVersion" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "previousReport" JSONB,
ADD COLUMN     "reinspectAt" TIMESTAMPTZ(3),
ADD COLUMN     "reinspectError" JSONB,
ADD COLUMN     "reinspectFailures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "reinspectedFrom" INTEGER;

-- AlterTable
ALTER TABLE "LayerFact" ADD COLUMN     "readerVersion" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "Inspection_inspectorVersion_idx" ON "Inspection"("inspectorVersion");
