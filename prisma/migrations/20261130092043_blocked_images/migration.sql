-- AlterTable
ALTER TABLE "Entry" ADD COLUMN     "decidedBy" "Role";

-- CreateTable
CREATE TABLE "BlockedImage" (
    "digest" TEXT NOT NULL,
    "digests" TEXT[],
    "level" "BlockLevel" NOT NULL,
    "reason" TEXT NOT NULL,
    "decidedBy" "Role",
    "repository" TEXT NOT NULL,
    "tag" TEXT NOT NULL,
    "blockedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "BlockedImage_pkey" PRIMARY KEY ("digest")
);

-- CreateIndex
CREATE INDEX "BlockedImage_digests_idx" ON "BlockedImage" USING GIN ("digests");

-- CreateIndex
CREATE INDEX "Version_digest_idx" ON "Version"("digest");

-- Which inspected images contain a platform manifest: asked when an image is blocked or its block is lifted.
CREATE INDEX "Inspection_platforms_idx" ON "Inspection" USING GIN (("report" -> 'platforms') jsonb_path_ops);

-- Existing blocks become blocks by digest. Copies of these images in other repositories follow with the next sweep.
INSERT INTO "BlockedImage" ("digest", "digests", "level", "reason", "decidedBy", "repository", "tag", "blockedAt")
SELECT DISTINCT ON (v."digest")
  v."digest",
  ARRAY[v."digest"] || ARRAY(
    SELECT DISTINCT p."platform" ->> 'digest'
    FROM jsonb_array_elements(
      CASE jsonb_typeof(i."report" -> 'platforms') WHEN 'array' THEN i."report" -> 'platforms' ELSE '[]' END
    ) AS p("platform")
    WHERE p."platform" ->> 'digest' <> v."digest"
  ),
  coalesce(v."blockLevel", 'hard'),
  coalesce(v."reason" ->> 'message', 'This image was blocked.'),
  v."decidedBy",
  e."repository",
  v."tag",
  now()
FROM "Version" v
JOIN "Inspection" i ON i."id" = v."inspectionId"
JOIN "Extension" e ON e."id" = v."extensionId"
WHERE v."visibility" = 'blocked'
ORDER BY v."digest",
  CASE v."decidedBy" WHEN 'admin' THEN 0 WHEN 'reviewer' THEN 1 ELSE 2 END,
  v."blockLevel", v."firstSeenAt", v."id";
