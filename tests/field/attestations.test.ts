import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AttestationForm } from "@/scripts/demo/image/attestation";
import { extensionImage } from "@/tests/builders/extension-image";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

const BUILDER = "https://ci.acme.example/run/1";
const SOURCE = "https://git.acme.example/acme/disk-lens";
const PREDICATES = {
  provenance: {
    builder: { id: BUILDER },
    invocation: { configSource: { uri: SOURCE } },
  },
};

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench.stop());

describe.each<AttestationForm>(["image", "artifact"])(
  "BuildKit's attestations as an %s",
  (attestationForm) => {
    const inspectWith = (attestations: ("provenance" | "sbom")[], supplyChain: "index" | "registry") =>
      bench.inspectImage(extensionImage({ attestations, attestationForm, predicates: PREDICATES }), {
        supplyChain,
      });

    test("provenance and SBOM are found, and the provenance names builder and source", async () => {
      const { report } = await inspectWith(["provenance", "sbom"], "registry");
      expect(report.attestations).toEqual({ provenance: true, sbom: true });
      expect(report.supplyChain.provenance).toMatchObject({ builder: BUILDER, source: SOURCE });
      expect(report.findings.map(({ code }) => code)).not.toContain("provenance_missing");
      expect(report.platforms.map(({ os }) => os)).toEqual(["linux", "linux"]);
    });

    test("a scan, which asks only for what the index lists, finds them too", async () => {
      const { report } = await inspectWith(["sbom"], "index");
      expect(report.attestations).toEqual({ provenance: false, sbom: true });
    });
  },
);
