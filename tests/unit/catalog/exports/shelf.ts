/** A small catalog with everything that makes a format stumble. */

import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import { digestOf, inspectionReport } from "@/tests/builders/inspection-report";

export const ORIGIN = "https://gantry.example";
export const NOW = new Date("2026-11-20T12:00:00Z");

const MOVED = { digest: digestOf("elsewhere"), seenAt: "2026-11-10T00:00:00.000Z" };
const MISSING = "2026-11-10T00:00:00.000Z";
const needs = (raw: string) => ({
  requirements: ["amd64", "arm64"].map((architecture) => ({ platform: `linux/${architecture}`, raw })),
});
const ARM_ONLY = {
  platforms: inspectionReport("arm").platforms.filter(({ architecture }) => architecture === "arm64"),
};
const ICON = {
  path: "/icon.svg",
  layer: digestOf("layer"),
  sha256: "ab".repeat(32),
  contentType: "image/png",
  sizeBytes: 4,
};

export function shelf(): Snapshot {
  const extensions = [
    extensionRecord("docker.io/acme/plain", {
      versions: [
        versionRecord("0.9.0", { report: { icon: null } }),
        versionRecord("1.0.0", { report: { icon: ICON } }),
        versionRecord("1.1.0-rc.1"),
        versionRecord("0.8.0", { visibility: "yanked", reason: { code: "yanked", message: "Broken." } }),
      ],
    }),
    extensionRecord("docker.io/acme/moved", {
      versions: [versionRecord("1.0.0"), versionRecord("2.0.0", { moved: MOVED })],
    }),
    extensionRecord("docker.io/acme/lost", { versions: [versionRecord("1.0.0", { missingSince: MISSING })] }),
    extensionRecord("docker.io/acme/young", { versions: [versionRecord("1.0.0-beta.1")] }),
    extensionRecord("docker.io/acme/new-api", {
      versions: [
        versionRecord("1.0.0", { report: needs(">= 0.3.0") }),
        versionRecord("2.0.0", { report: needs(">= 0.4.2") }),
      ],
    }),
    extensionRecord("docker.io/acme/newest-only", {
      versions: [versionRecord("3.0.0", { report: needs(">= 0.4.2") })],
    }),
    extensionRecord("docker.io/acme/pinned", {
      entry: { track: "pin", pinTag: "2.0.0-rc.1", pinDigest: versionRecord("2.0.0-rc.1").digest },
      versions: [versionRecord("1.0.0"), versionRecord("2.0.0-rc.1")],
    }),
    extensionRecord("docker.io/acme/half", {
      versions: [versionRecord("2.0.1"), versionRecord("2.1.0", { report: ARM_ONLY })],
    }),
    extensionRecord("docker.io/acme/arm-only", {
      versions: ["1.0.0", "1.1.0"].map((tag) => versionRecord(tag, { report: ARM_ONLY })),
    }),
    extensionRecord("ghcr.io/acme/tools/lens"),
    extensionRecord("docker.io/acme/suspended", { entry: { state: "suspended" } }),
    extensionRecord("docker.io/a_b/c"),
    extensionRecord("docker.io/a/b_c"),
  ];
  return buildSnapshot(catalogRecords(extensions), NOW);
}
