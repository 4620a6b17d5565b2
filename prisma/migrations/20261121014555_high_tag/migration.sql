-- AlterTable
ALTER TABLE "Extension" ADD COLUMN     "highTag" TEXT,
ADD COLUMN     "highTagNext" TEXT;
