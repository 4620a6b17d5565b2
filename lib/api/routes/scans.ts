import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { json } from "@/lib/api/answer";
import { defineRoute } from "@/lib/api/route";
import { instant, skippedTagSchema, storedErrorSchema } from "@/lib/api/schemas/common";
import type { Context } from "@/lib/journal/context";
import { getScan, requestScan, type ScanView } from "@/lib/marketplace/scans";

const WAIT_SECONDS_MAX = 60;
const POLL_MS = 150;

const scanSchema = z.object({
  id: z.uuid(),
  state: z.enum(["queued", "running", "ok", "unchanged", "partial", "failed", "rate_limited"]),
  found: z.int(),
  listed: z.int(),
  held: z.int(),
  moved: z.int(),
  skipped: z.array(skippedTagSchema),
  requests: z.int(),
  bytes: z.int(),
  error: storedErrorSchema.nullable(),
  until: instant.nullable(),
});

export const scanRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/v1/extensions/{repository}/-/scan",
    operationId: "scanExtension",
    summary: "Look for new and moved tags now; `wait` seconds for the end of it.",
    tag: "Versions",
    access: "actor",
    query: z.strictObject({ wait: z.coerce.number().min(0).max(WAIT_SECONDS_MAX).default(0) }),
    body: z.strictObject({}).optional(),
    answers: {
      200: { description: "The scan has ended", schema: scanSchema },
      202: { description: "The scan is queued or running", schema: scanSchema },
    },
    async handle({ ctx, params, query }) {
      const asked = await requestScan(ctx, { repository: params.repository ?? "" });
      const scan = await waitForEnd(ctx, asked, query.wait);
      return json(hasEnded(scan) ? 200 : 202, scan);
    },
  }),
];

async function waitForEnd(ctx: Context, asked: ScanView, waitSeconds: number): Promise<ScanView> {
  const deadline = Date.now() + waitSeconds * 1000;
  let scan = asked;
  while (!hasEnded(scan) && Date.now() < deadline) {
    await sleep(POLL_MS);
    scan = await getScan(ctx, { id: asked.id });
  }
  return scan;
}

function hasEnded(scan: ScanView): boolean {
  return scan.state !== "queued" && scan.state !== "running";
}
