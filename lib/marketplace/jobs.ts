/** The jobs there are. Core functions send them; `scanning` registers who works on them. */

import type { JobKind } from "@/lib/platform/jobs/job-kind";

/** Jobs of one extension share their crash count. Absent in jobs that an older Gantry sent. */
type About = { extensionId?: string };

/** Looks at the candidate of a submission. Key: the submission's id. */
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

/** Asks again for the pictures and links of what is listed. Key: the extension's id. */
export const CHECK_MEDIA: JobKind<{ extensionId: string }> = {
  name: "check-media",
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 600,
  subject: ({ extensionId }) => extensionId,
};

/** Inspects an image again that an older inspector has inspected. Key: the inspection's id. */
export const REINSPECT: JobKind<{ inspectionId: string; extensionId: string }> = {
  name: "reinspect",
  retryLimit: 2,
  retryDelaySeconds: 60,
  expireInSeconds: 600,
  subject: ({ extensionId }) => extensionId,
};

export const JOB_KINDS = [CHECK_SUBMISSION, SCAN_EXTENSION, CHECK_MEDIA, REINSPECT] as const;
