/** The jobs there are. Core functions send them; `scanning` registers who works on them. */

import type { JobKind } from "@/lib/platform/queue";

/** Looks at the candidate of a submission. Key: the submission's id. */
export const CHECK_SUBMISSION: JobKind<{ submissionId: string }> = {
  name: "check-submission",
  retryLimit: 5,
  retryDelaySeconds: 5,
  expireInSeconds: 300,
};

/** Looks for new and moved tags of an extension. Key: the scan's id. */
export const SCAN_EXTENSION: JobKind<{ scanId: string }> = {
  name: "scan-extension",
  retryLimit: 5,
  retryDelaySeconds: 5,
  expireInSeconds: 900,
};

/** Asks again for the pictures and links of what is listed. Key: the extension's id. */
export const CHECK_MEDIA: JobKind<{ extensionId: string }> = {
  name: "check-media",
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 600,
};

/** Inspects an image again that an older inspector has inspected. Key: the inspection's id. */
export const REINSPECT: JobKind<{ inspectionId: string }> = {
  name: "reinspect",
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 600,
};

export const JOB_KINDS = [CHECK_SUBMISSION, SCAN_EXTENSION, CHECK_MEDIA, REINSPECT] as const;
