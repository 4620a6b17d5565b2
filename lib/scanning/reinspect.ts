/** The job that inspects an image again when an older inspector made its report. People and scans take precedence. */

import { parseRepository } from "@/lib/extension/reference/repository";
import { hasSameSurroundings, withSurroundings } from "@/lib/extension/reinspection/surroundings";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { PART_MISSING } from "@/lib/inspection/image/platform-images";
import { type Inspection, inspect } from "@/lib/inspection/inspect";
import type { Context } from "@/lib/journal/context";
import { storedLayerFacts } from "@/lib/marketplace/inspections/layer-facts";
import {
  type InspectionToRepeat,
  inspectionToRepeat,
} from "@/lib/marketplace/reinspection/inspection-to-repeat";
import {
  type ReinspectionOutcome,
  recordReinspection,
} from "@/lib/marketplace/reinspection/record-reinspection";
import { recordedError } from "@/lib/marketplace/rows/json-columns";
import { hostPause } from "@/lib/marketplace/scans/host-pause";
import type { MediaPort } from "@/lib/media/media-port";
import { AppError } from "@/lib/platform/errors";
import type { RegistryClient } from "@/lib/registry/client";
import { withStoredCredentials } from "@/lib/scanning/credentials/with-credentials";
import { rememberingClient } from "@/lib/scanning/remembering-client";
import { isAboutHost, isForGood, reinspectionDelaySeconds } from "@/lib/scanning/scan-error";

export type ReinspectInput = { inspectionId: string; media?: MediaPort | undefined; signal: AbortSignal };

export async function reinspect(ctx: Context, client: RegistryClient, input: ReinspectInput): Promise<void> {
  const known = await inspectionToRepeat(ctx, input.inspectionId);
  if (!known) return;
  const lookWith = (each: RegistryClient) => look(ctx, each, known, input);
  const outcome = await (known.canUseCredentials
    ? withStoredCredentials(ctx, client, lookWith)
    : lookWith(client));
  await recordReinspection(ctx, { inspectionId: known.id, outcome });
}

async function look(
  ctx: Context,
  client: RegistryClient,
  known: InspectionToRepeat,
  input: ReinspectInput,
): Promise<ReinspectionOutcome> {
  try {
    const pause = await hostPause(ctx, parseRepository(known.repository));
    if (pause) return { kind: "postponed", until: pause.until };
    return { kind: "inspected", inspected: await inspectAgain(ctx, client, known, input) };
  } catch (error) {
    input.signal.throwIfAborted();
    if (isForGood(error)) return { kind: "refused", error: recordedError(error) };
    const seconds = reinspectionDelaySeconds(known.failuresBefore, error);
    const retryAt = new Date(ctx.clock.now().getTime() + seconds * 1000);
    return { kind: "failed", error: recordedError(error), retryAt, everyImage: isAboutHost(error) };
  }
}

/** Contacts other servers only when the image refers to other things outside itself than before. */
async function inspectAgain(
  ctx: Context,
  client: RegistryClient,
  { repository: name, digest, before }: InspectionToRepeat,
  { media, signal }: ReinspectInput,
): Promise<Inspection> {
  const repository = parseRepository(name);
  const image = {
    client: rememberingClient(client.prioritized("background").metered()),
    repository,
    reference: digest,
    layerFacts: storedLayerFacts(ctx.db, client, repository),
    supplyChain: before?.supplyChain.looked ?? "index",
    namedFiles: before === undefined ? "look_up" : lookedForFiles(before),
    signal,
  };
  if (before !== undefined) {
    const inside = await inspect({ ...image, backendImages: "leave_out" });
    requireAllParts(before, inside.report);
    if (hasSameSurroundings(before, inside.report))
      return { ...inside, report: withSurroundings(before, inside.report) };
  }
  return inspect({ ...image, media });
}

/** Reports from before the look-up existed: images whose signatures Gantry looked for were candidates or the newest. */
function lookedForFiles({ namedFiles, supplyChain }: InspectionReport): InspectionReport["namedFiles"] {
  return supplyChain.looked === "registry" ? "look_up" : namedFiles;
}

/** Findings about a platform without a report: one that no Docker Desktop runs, and one that it could choose. */
const LEFT_OUT: readonly string[] = ["platform_unreadable", "image_not_inspected"];

/** Throws when the registry lost a platform of the image since: the digest is the same, so the registry is at fault. */
function requireAllParts(before: InspectionReport, after: InspectionReport): void {
  const there = new Set(after.platforms.map(({ digest }) => digest));
  const isMissing = before.platforms.some(({ digest }) => !there.has(digest));
  const says = after.findings.some(
    ({ code, evidence }) => LEFT_OUT.includes(code) && evidence.why === PART_MISSING,
  );
  if (!isMissing || !says) return;
  throw new AppError("registry_error", `The registry no longer has all parts of ${after.digest}.`, {
    suggestion: "Gantry will retry automatically. Until then the earlier report stays valid.",
    retryable: true,
  });
}
