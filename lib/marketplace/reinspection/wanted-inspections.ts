import { Prisma } from "@/lib/platform/prisma/client";

/**
 * The inspections that matter, as rows `(id, rank, at)`, one for each use: of a listed version of an entry in force
 * (0), of an open submission (1), of any other version that is listed or held, or that a tag moved to (2). What only
 * a withdrawn or blocked version has is left as it is until the version is restored.
 */
export const WANTED_INSPECTIONS = Prisma.sql`
  SELECT v."inspectionId" AS id,
    CASE WHEN v."visibility" = 'listed' AND e."state" = 'active' THEN 0 ELSE 2 END AS rank, v."firstSeenAt" AS at
  FROM "Version" v JOIN "Entry" e USING ("extensionId")
  WHERE v."current" AND v."visibility" IN ('listed', 'held') AND e."state" <> 'revoked'
  UNION ALL
  SELECT s."inspectionId", 1, s."createdAt"
  FROM "Submission" s
  WHERE s."inspectionId" IS NOT NULL AND s."state" IN ('checking', 'in_review', 'needs_changes', 'errored')
  UNION ALL
  SELECT i."id", 2, v."movedSeenAt"
  FROM "Version" v
  JOIN "Entry" e USING ("extensionId")
  JOIN "Inspection" i ON i."extensionId" = v."extensionId" AND i."digest" = v."movedDigest"
  WHERE v."current" AND v."movedDigest" IS NOT NULL AND e."state" <> 'revoked'`;
