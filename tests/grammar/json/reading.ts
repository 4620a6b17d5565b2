/** What Gantry's own readers make of a document, in a form that can be compared. */

import type { Finding } from "@/lib/extension/findings/finding";
import { findingRule } from "@/lib/extension/findings/finding-codes";
import { parseMetadata } from "@/lib/extension/metadata/metadata";
import { parseImageConfig } from "@/lib/inspection/image/image-config";
import { isAppError } from "@/lib/platform/errors";
import { parseManifest } from "@/lib/registry/oci/manifest-document";
import { MEDIA_TYPES } from "@/scripts/demo/image/piece";
import type { Document } from "@/tests/grammar/json/documents";

/**
 * `refused`: nothing is read, and the version is not listed · `held`: a person must look · `read`: what Gantry goes by;
 * `silent` for a document that is not read although nothing holds the version.
 */
export type Reading = { outcome: "refused" | "held" | "silent" } | { outcome: "read"; answer: unknown };

export function readDocument({ kind, bytes }: Document): Reading {
  switch (kind) {
    case "index":
    case "manifest":
      return readManifest(bytes, MEDIA_TYPES.oci[kind]);
    case "config":
      return readConfig(bytes);
    case "metadata":
      return readMetadata(bytes);
  }
}

function readManifest(bytes: Uint8Array, type: string): Reading {
  try {
    return { outcome: "read", answer: parseManifest(bytes, type, "a document").document };
  } catch (error) {
    if (isAppError(error)) return { outcome: "refused" };
    throw error;
  }
}

/** The time of creation is only shown, and Go writes it in another way. */
function readConfig(bytes: Uint8Array): Reading {
  const reading = parseImageConfig(bytes);
  if (reading.kind === "unreadable") return { outcome: "refused" };
  const { created: _created, oddities, environment, history, ...rest } = reading.config;
  if (oddities.length > 0) return { outcome: "held" };
  const said = (lines: string[]) => lines.filter((line) => line !== "");
  return { outcome: "read", answer: { ...rest, environment: said(environment), history: said(history) } };
}

/** What was not understood is outside every approval in addition; here it must not be needed. */
function readMetadata(bytes: Uint8Array): Reading {
  const { document, findings } = parseMetadata(bytes);
  if (findings.some(needsPerson)) return { outcome: "held" };
  if (document === undefined) return { outcome: "silent" };
  const { notUnderstood: _notUnderstood, ...answer } = document;
  return { outcome: "read", answer };
}

function needsPerson({ code }: Finding): boolean {
  const { needsPerson: always, fixed, severity } = findingRule(code);
  return always === true || (fixed === true && severity.sdk === "error" && severity.docker === "error");
}
