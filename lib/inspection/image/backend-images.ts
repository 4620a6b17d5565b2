import { readBackendImage } from "@/lib/extension/compose/backend-image";
import { OWN_IMAGE } from "@/lib/extension/compose/service-image";
import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import {
  EXPECTED_PLATFORMS,
  normalizePlatform,
  type Platform,
  platformName,
  samePlatform,
} from "@/lib/extension/reference/platform";
import type { Reference } from "@/lib/extension/reference/reference";
import { READ_CONFIG } from "@/lib/inspection/image/image-config";
import { hasCode, isAppError } from "@/lib/platform/errors";
import { mapConcurrently } from "@/lib/platform/map-concurrently";
import { runTask } from "@/lib/platform/threads/task-threads";
import type { RegistryClient } from "@/lib/registry/client";

const BACKEND_LIMITS = { images: 20, parallel: 4, timeoutMs: 20_000 } as const;

/**
 * Checks for which platforms the other images of the extension are built: without arm64 the extension does not run on
 * half of all machines. Pulls nothing. `client` must have no credentials, because publishers see the result. Never
 * throws unless `signal` aborts: what it could not check becomes a finding.
 */
export async function backendImageFindings(
  images: readonly string[],
  client: RegistryClient,
  signal: AbortSignal,
): Promise<Finding[]> {
  // Names that are not references have a finding of their own, where they are read.
  const others = [...new Set(images)].flatMap((image) => {
    const reference = image === OWN_IMAGE ? undefined : readBackendImage(image);
    return reference === undefined ? [] : [{ image, reference }];
  });
  const asked = others.slice(0, BACKEND_LIMITS.images);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(BACKEND_LIMITS.timeoutMs)]);
  const found = await mapConcurrently(asked, BACKEND_LIMITS.parallel, (other) =>
    lookAt(other, client, limited),
  );
  signal.throwIfAborted();
  const left = others.length - asked.length;
  const rest =
    left === 0
      ? []
      : [notChecked(`${left} more images`, `Gantry checks at most ${BACKEND_LIMITS.images} per extension`)];
  return [...found.flat(), ...rest];
}

async function lookAt(
  { image, reference }: { image: string; reference: Reference },
  client: RegistryClient,
  signal: AbortSignal,
): Promise<Finding[]> {
  try {
    const platforms = await platformsOf(reference, client, signal);
    return EXPECTED_PLATFORMS.filter((wanted) => !platforms.some((has) => samePlatform(has, wanted))).map(
      (missing) => makeFinding("backend_image_platform_missing", { image, platform: platformName(missing) }),
    );
  } catch (error) {
    return [findingOf(image, error, signal)];
  }
}

/** Excludes `unknown/unknown`, the platform of attestations. */
async function platformsOf(
  { repository, tag, digest }: Reference,
  client: RegistryClient,
  signal: AbortSignal,
): Promise<Platform[]> {
  const { document } = await client.manifest(repository, digest ?? tag ?? "latest", { signal });
  if (document.kind === "index") {
    return document.entries.flatMap(({ platform }) =>
      platform === undefined ? [] : [normalizePlatform(platform)],
    );
  }
  const reading = await runTask(READ_CONFIG, await client.blob(repository, document.config, { signal }), {
    signal,
  });
  const platform = reading.kind === "read" ? reading.config.platform : undefined;
  return platform === undefined ? [] : [normalizePlatform(platform)];
}

function findingOf(image: string, error: unknown, signal: AbortSignal): Finding {
  if (hasCode(error, "repository_not_found") || hasCode(error, "reference_not_found")) {
    return makeFinding("backend_image_missing", { image });
  }
  if (hasCode(error, "registry_not_allowed"))
    return notChecked(image, "its registry is not allowed on this marketplace");
  if (hasCode(error, "registry_auth_required")) return notChecked(image, "its registry requires signing in");
  if (signal.aborted) return notChecked(image, "its registry did not respond in time");
  if (isAppError(error)) return notChecked(image, error.message.replace(/\.$/, ""));
  throw error;
}

function notChecked(image: string, why: string): Finding {
  return makeFinding("backend_image_not_checked", { image, why });
}
