-- CreateEnum
CREATE TYPE "SignInMethod" AS ENUM ('password', 'invitation', 'setup');

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "authenticatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "signInMethod" "SignInMethod" NOT NULL DEFAULT 'password';

-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN     "parentId" UUID;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "ApiToken"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Sessions from before this migration signed in when they were created, not now.
UPDATE "Session" SET "authenticatedAt" = "createdAt";
