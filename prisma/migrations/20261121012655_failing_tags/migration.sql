-- CreateTable
CREATE TABLE "FailingTag" (
    "extensionId" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "digest" TEXT,
    "attempts" INTEGER NOT NULL,
    "error" JSONB NOT NULL,
    "lastTriedAt" TIMESTAMPTZ(3) NOT NULL,
    "nextTryAt" TIMESTAMPTZ(3),

    CONSTRAINT "FailingTag_pkey" PRIMARY KEY ("extensionId","tag")
);

-- AddForeignKey
ALTER TABLE "FailingTag" ADD CONSTRAINT "FailingTag_extensionId_fkey" FOREIGN KEY ("extensionId") REFERENCES "Extension"("id") ON DELETE CASCADE ON UPDATE CASCADE;
