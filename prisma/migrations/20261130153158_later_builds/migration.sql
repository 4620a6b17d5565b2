-- AlterTable
ALTER TABLE "Extension" ADD COLUMN     "postReleaseStable" TEXT,
ADD COLUMN     "postReleaseTag" TEXT;
