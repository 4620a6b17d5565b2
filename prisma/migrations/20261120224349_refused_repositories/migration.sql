-- CreateEnum
CREATE TYPE "Refusal" AS ENUM ('gone', 'private', 'blocked');

-- AlterTable
ALTER TABLE "Extension" ADD COLUMN     "refusal" "Refusal",
ADD COLUMN     "refusals" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "refusedSince" TIMESTAMPTZ(3),
ADD COLUMN     "unavailableSince" TIMESTAMPTZ(3);
