/** Every kind of job. Core functions queue them; `scanning` registers their workers. */

import type { JobKind } from "@/lib/platform/jobs/job-kind";

/** Jobs of one extension share their crash count. Absent in jobs of an older Gantry. */
type About = { extensionId?: string };

/** Checks the candidate of a submission. Key: the submission's id. */
export const CHECK_SUBMISSION: JobKind<{ submissionId: string } & About> = {
  name: "check-submission",
  retryLimit: 5,
  retryDelaySeconds: 5,
  expireInSeconds: 300,
  subject: ({ extensionId, submissionId }) => extensionId ?? submissionId,
};

/** Looks for new and moved tags of an extension. Key: the scan's id. */
export const SCAN_EXTENSION: JobKind<{ scanId: string } & About> = {
  name: "scan-extension",
  retryLimit: 5,
  retryDelaySeconds: 5,
  expireInSeconds: 900,
  subject: ({ extensionId, scanId }) => extensionId ?? scanId,
};

/** Checks the pictures and links of listed versions. Key: the extension's id. */
export const CHECK_MEDIA: JobKind<{ extensionId: string }> = {
  name: "check-media",
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 600,
  subject: ({ extensionId }) => extensionId,
};

/** Inspects an image again when an older inspector made its report. Key: the inspection's id. */
export const REINSPECT: JobKind<{ inspectionId: string; extensionId: string }> = {
  name: "reinspect",
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 600,
  subject: ({ extensionId }) => extensionId,
};

export const JOB_KINDS = [CHECK_SUBMISSION, SCAN_EXTENSION, CHECK_MEDIA, REINSPECT] as const;
