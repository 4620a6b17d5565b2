-- AlterTable
ALTER TABLE "CatalogRevision" ADD COLUMN     "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "wholeRevision" BIGINT NOT NULL DEFAULT 0;

-- What changed before this is not known extension by extension.
UPDATE "CatalogRevision" SET "wholeRevision" = "revision";
