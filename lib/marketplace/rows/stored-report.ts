import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { NO_MEDIA } from "@/lib/extension/report/media-report";
import { NOTHING_KNOWN } from "@/lib/extension/report/supply-chain-report";
import type { Prisma } from "@/lib/platform/prisma/client";

/** The report in an inspection row; undefined where there is none, or one of a schema that this release does not read. */
export function reportOf(stored: Prisma.JsonValue): InspectionReport | undefined {
  if (!isReport(stored)) return undefined;
  // A catalog reads hundreds of thousands of them: a copy of each would fill the heap with garbage.
  return ADDED_KEYS.every((key) => key in stored) ? stored : { ...ADDED_SINCE, ...stored };
}

/** Fields that reports of earlier releases lack. */
const ADDED_SINCE = {
  inspectorVersion: 0,
  compose: null,
  media: NO_MEDIA,
  supplyChain: NOTHING_KNOWN,
  namedFiles: "leave_out",
} satisfies Partial<InspectionReport>;

const ADDED_KEYS = Object.keys(ADDED_SINCE);

/** Only the inspection writes this column, always a whole report under its schema number, so the number is proof enough. */
function isReport(stored: unknown): stored is InspectionReport {
  return typeof stored === "object" && stored !== null && "schema" in stored && stored.schema === 1;
}
