-- CreateEnum
CREATE TYPE "AddressUse" AS ENUM ('icon', 'screenshot', 'link');

-- AlterTable
ALTER TABLE "Extension" ADD COLUMN     "nextMediaCheckAt" TIMESTAMPTZ(3);

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

-- CreateIndex
CREATE INDEX "Extension_nextMediaCheckAt_idx" ON "Extension"("nextMediaCheckAt");

-- AddForeignKey
ALTER TABLE "MediaFailure" ADD CONSTRAINT "MediaFailure_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE CASCADE ON UPDATE CASCADE;
