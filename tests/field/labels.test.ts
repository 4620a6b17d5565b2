import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Severity } from "@/lib/extension/findings/finding-rule";
import { currentFindings } from "@/lib/extension/policy/current-findings";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { parseReference } from "@/lib/extension/reference/reference";
import type { Inspection } from "@/lib/inspection/inspect";
import { preflight } from "@/lib/inspection/preflight";
import { EXTENSION_LABELS, extensionImage } from "@/tests/builders/extension-image";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";
import { pushImage } from "@/tests/support/registries/push";
import { openClient } from "@/tests/support/registries/registry-client";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench.stop());

const OCI = "org.opencontainers.image.";

/** The bench has no media, so that those are not checked. */
function codes(inspection: Inspection): string[] {
  return codesOf(inspection).filter((code) => !code.endsWith("_not_checked"));
}

const NONE = { onlyLabels: {} };

describe("values that are annotations only (docker/metadata-action, buildx --annotation)", () => {
  test.each([
    ["of the index", { index: EXTENSION_LABELS }],
    ["of the entries of the index", { entries: EXTENSION_LABELS }],
    ["of the manifests", { manifests: EXTENSION_LABELS }],
  ])("%s: one finding says so, and nothing is missing besides", async (_, annotations) => {
    const inspection = await bench.inspectImage(extensionImage({ ...NONE, annotations }));
    expect(codes(inspection)).toEqual(["labels_are_annotations"]);
    const [finding] = inspection.report.findings.filter(({ code }) => code === "labels_are_annotations");
    expect(finding?.message).toMatch(/11 labels are only annotations/);
    expect(finding?.suggestion).toMatch(/LABEL .*--label/s);
    expect(finding?.severity).toBe<Severity>("error");
    expect(inspection.report.findings.length).toBeLessThanOrEqual(6);
  });

  test("of an image without an index", async () => {
    const image = extensionImage({
      ...NONE,
      withoutIndex: true,
      annotations: { manifests: EXTENSION_LABELS },
    });
    expect(codes(await bench.inspectImage(image))).toContain("labels_are_annotations");
  });

  test("without metadata.json, such an image is an unfinished extension, not an ordinary image", async () => {
    const image = extensionImage({ ...NONE, metadata: null, annotations: { index: EXTENSION_LABELS } });
    const inspection = await bench.inspectImage(image);
    expect(codes(inspection)).toEqual(["labels_are_annotations", "metadata_missing"]);
  });

  test("some of them: the others keep their findings", async () => {
    const { [`${OCI}description`]: description = "", ...others } = EXTENSION_LABELS;
    const image = extensionImage({
      onlyLabels: { ...others, "com.docker.extension.changelog": "" },
      annotations: { index: { [`${OCI}description`]: description } },
    });
    expect(codes(await bench.inspectImage(image))).toEqual([
      "changelog_missing",
      "descriptive_labels_are_annotations",
    ]);
  });

  test("the same values as labels and annotations are right", async () => {
    const image = extensionImage({ annotations: { index: EXTENSION_LABELS, manifests: EXTENSION_LABELS } });
    expect(codes(await bench.inspectImage(image))).toEqual([]);
  });
});

describe("titles that the publisher did not choose", () => {
  test("CI wrote the repository's name over the title and nothing over the description", async () => {
    const image = extensionImage({
      labels: {
        [`${OCI}title`]: "disk-lens-extension",
        [`${OCI}description`]: "",
        [`${OCI}source`]: "https://example.com/acme/disk-lens-extension",
        [`${OCI}revision`]: "0".repeat(40),
      },
    });
    const inspection = await bench.inspectImage(image);
    expect(codes(inspection)).toEqual(["description_missing", "title_from_repository"]);
    expect(JSON.stringify(inspection.report.findings)).toContain("acme/disk-lens-extension");
    expect(JSON.stringify(inspection.report.findings)).not.toContain('disk-lens-\\"');
  });

  test("the title of the base image", async () => {
    const image = extensionImage({
      labels: { [`${OCI}title`]: "Ubuntu", [`${OCI}ref.name`]: "ubuntu", [`${OCI}version`]: "24.04" },
    });
    expect(codes(await bench.inspectImage(image))).toEqual(["title_from_base_image"]);
  });
});

describe("a version label", () => {
  test.each([
    ["0.3.1", "2026.5.1", ["version_label_contradicts_tag"]],
    ["v2026.5.1", "2026.5.1", []],
    ["main", "1.0.0", []],
  ])("%s under the tag %s", async (version, tag, expected) => {
    const path = `acme/versions-${tag}-${version.replaceAll(".", "-")}`;
    await pushImage(bench.registry, path, tag, extensionImage({ labels: { [`${OCI}version`]: version } }));
    const open = openClient(bench.registry.registries);
    const reference = parseReference(`${bench.registry.host}/${path}:${tag}`);
    const { report } = await preflight({ client: open.client, reference });
    await open.close();
    const facts = { tag, aboutTags: [], releases: [], policy: DEFAULT_POLICY };
    const found = currentFindings(report, facts).filter(({ code }) => code.startsWith("version_label"));
    expect(found.map(({ code }) => code)).toEqual(expected);
    if (expected.length > 0) expect(found[0]?.message).toContain(version);
  });
});
