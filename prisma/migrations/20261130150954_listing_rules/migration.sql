-- AlterTable
ALTER TABLE "CatalogRevision" ADD COLUMN     "listingRules" INTEGER NOT NULL DEFAULT 0;
