const DIGEST = "sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945";

/** Request bodies by operation, where parts exclude each other and no example can be generated part by part. */
export const BODY_EXAMPLES: Readonly<Record<string, unknown>> = {
  checkUpdates: {
    client: { desktop: "4.44.0", arch: "arm64", os: "darwin" },
    installed: [{ repository: "acme/disk-lens", tag: "1.1.0", digest: DIGEST }],
  },
  decideSubmission: { decision: "approve", expectedDigest: DIGEST, track: "range", range: "^1" },
  addEntry: { repository: "acme/disk-lens", track: "follow", reason: "Needed by the platform team." },
  changeEntry: { state: "suspended", reason: "Under investigation." },
  changeUser: { role: "reviewer" },
  listVersion: { reason: "Reviewed.", expectedDigest: DIGEST, widenEnvelope: false },
  holdVersion: { reason: "Asked the publisher to explain." },
  yankVersion: { reason: "Loses settings." },
  blockVersion: { reason: "Uploads files to a third party.", level: "hard" },
  restoreVersion: { reason: "It was a different image." },
};
