-- AlterTable
ALTER TABLE "DesktopRelease" ADD COLUMN     "composeVersion" TEXT;
