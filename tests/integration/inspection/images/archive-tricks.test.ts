import { afterAll, beforeAll, expect, test } from "vitest";
import { blockingFindings, DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { imageManifest, layer, singleImage } from "@/scripts/demo/image/image";
import { MEDIA_TYPES, piece, sha256 } from "@/scripts/demo/image/piece";
import { archiveTricks } from "@/tests/builders/archive-tricks";
import { EXTENSION_ICON, EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { gzipped } from "@/tests/builders/tar-bytes";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench?.stop());

const GOOD = { icon: EXTENSION_METADATA.icon, ui: EXTENSION_METADATA.ui };
const EVIL = { ...GOOD, host: { binaries: [{ linux: [{ path: "/evil" }] }] } };
const base = layer([
  { path: EXTENSION_METADATA.icon, content: EXTENSION_ICON },
  { path: "evil", content: "#!" },
]);

test.each(archiveTricks(JSON.stringify(GOOD), JSON.stringify(EVIL)))(
  "$name: the inspection sees the program for the host, or holds the image for a person",
  async ({ layers, doubts }) => {
    const pieces = layers.map((bytes) => ({
      ...piece(MEDIA_TYPES.oci.gzip, gzipped(bytes)),
      diffId: sha256(bytes),
    }));
    const image = singleImage(imageManifest({ labels: EXTENSION_LABELS, layers: [base, ...pieces] }));
    const { report } = await bench.inspectImage(image);
    expect(report.state).toBe("inspected");
    const holding = blockingFindings(report.findings, DEFAULT_POLICY).map(({ code }) => code);
    if (doubts.length > 0) expect(holding).toContain("ambiguous_layer");
    else expect(report.capabilities.hostBinaries).not.toBeNull();
  },
);
