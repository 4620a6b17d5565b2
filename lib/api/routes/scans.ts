import { z } from "zod";
import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { scanSchema } from "@/lib/api/schemas/marketplace";
import { requestScan } from "@/lib/marketplace/scans/scans";
import { hasEnded, waitForScan } from "@/lib/marketplace/scans/wait-for-scan";

const WAIT_SECONDS_MAX = 60;

export const scanRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/extensions/{repository}/-/scan",
    operationId: "scanExtension",
    summary: "Look for new and moved tags now; `wait` seconds for the end of it.",
    tag: "Versions",
    access: "actor",
    limit: ACCOUNTS,
    query: z.strictObject({ wait: z.coerce.number().min(0).max(WAIT_SECONDS_MAX).default(0) }),
    body: z.strictObject({}).optional(),
    answers: {
      200: { description: "The scan has ended", schema: scanSchema },
      202: { description: "The scan is queued or running", schema: scanSchema },
    },
    async handle({ ctx, params, query }) {
      const asked = await requestScan(ctx, { repository: params.repository ?? "" });
      const scan = await waitForScan(ctx, asked, query.wait);
      return json(hasEnded(scan) ? 200 : 202, scan);
    },
  }),
];
