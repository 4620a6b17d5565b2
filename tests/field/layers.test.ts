import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layer } from "@/scripts/demo/image/image";
import { EXTENSION_ICON, EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench.stop());

describe("nix dockerTools", () => {
  test("links at the root into /nix/store of another layer are followed", async () => {
    const store = layer([
      { path: "nix/store/h1/metadata.json", content: JSON.stringify(EXTENSION_METADATA) },
      { path: "nix/store/h2/disk-lens.svg", content: EXTENSION_ICON },
      { path: "nix/store/h3/ui/index.html", content: "<!doctype html>" },
    ]);
    const links = layer([
      { path: "metadata.json", type: "symlink", linkTo: "/nix/store/h1/metadata.json" },
      { path: "disk-lens.svg", type: "symlink", linkTo: "/nix/store/h2/disk-lens.svg" },
      { path: "ui", type: "symlink", linkTo: "/nix/store/h3/ui" },
    ]);
    const inspection = await bench.inspectImage(extensionImage({ layers: [store, links] }));
    expect(inspection.report.metadata?.proof).toBe("full");
    const codes = codesOf(inspection);
    expect(codes).not.toContain("metadata_missing");
    expect(codes).not.toContain("icon_missing_in_layers");
  });
});
