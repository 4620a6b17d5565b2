-- AlterTable
ALTER TABLE "Submission" ADD COLUMN     "isPrivate" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "useCredentials" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "SharedPreflight" ADD COLUMN     "isPrivate" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "RegistryCredential" (
    "host" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "line" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "tokenServer" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replacedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RegistryCredential_pkey" PRIMARY KEY ("host","namespace")
);

-- CreateTable
CREATE TABLE "RegistryCredentialStatus" (
    "line" TEXT NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "testedAt" TIMESTAMPTZ(3),
    "testError" JSONB,
    "lastErrorAt" TIMESTAMPTZ(3),
    "lastError" JSONB,
    "deniedRepository" TEXT,
    "alarmSince" TIMESTAMPTZ(3),

    CONSTRAINT "RegistryCredentialStatus_pkey" PRIMARY KEY ("line")
);

-- CreateIndex
CREATE UNIQUE INDEX "RegistryCredential_line_key" ON "RegistryCredential"("line");
