import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificate, makeCertificate } from "@/scripts/demo/certificate/certificate";

export type Authority = {
  /** Its own certificate in PEM, and the file that holds it. */
  cert: string;
  file: string;
  /** Self-signed, for these names. */
  selfSigned(names: readonly string[]): Certificate;
  /** A certificate for these names (`DNS:registry.example`, `IP:127.0.0.1`); with `expired`, until a day ago. */
  issue(names: readonly string[], options?: { expired?: boolean }): Certificate;
  remove(): void;
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** A certificate authority of the test's own, trusted by no default store. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), "gantry-authority-"));
  const file = join(folder, "ca.crt");
  const issuer = makeCertificate({ subject: "The tests" });
  writeFileSync(file, issuer.cert);
  return {
    cert: issuer.cert,
    file,
    issue: (names, { expired = false } = {}) =>
      makeCertificate({
        subject: "A server",
        names,
        issuer,
        ...(expired ? { now: new Date(Date.now() - 10 * DAY_MS), days: 10 } : {}),
      }),
    selfSigned: (names) => makeCertificate({ subject: "A server", names }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
