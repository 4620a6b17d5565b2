import { z } from "zod";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";

export const supplyChainSchema = z
  .object({
    looked: z
      .enum(["index", "registry"])
      .describe(
        "Whether only the index was read, or the registry was also queried for referrers and signatures.",
      ),
    provenance: z
      .object({
        predicateType: z.string(),
        builder: z.string().nullable(),
        source: z.string().nullable(),
      })
      .nullable(),
    sbom: z.string().nullable().describe("Its predicate type."),
    referrers: z.array(
      z.object({
        digest: z.string(),
        artifactType: z.string().nullable(),
        kind: z.enum(["signature", "provenance", "sbom", "attestation", "other"]),
        sizeBytes: z.int(),
      }),
    ),
    signatures: z.array(
      z.object({
        digest: z.string(),
        place: z.enum(["tag", "referrer"]),
        signer: z.object({ identity: z.string(), issuer: z.string().nullable() }).nullable(),
      }),
    ),
    complete: z.boolean().describe("False if a query failed; absence then proves nothing."),
  })
  .describe("Present, not verified.") satisfies z.ZodType<SupplyChainReport>;
