/** Only the platforms that Docker Desktop runs decide: linux/amd64 and linux/arm64. Others are mentioned, once. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InspectionReport } from "@/lib/extension/report/inspection-report";
import { imageManifest, layer, type ManifestOptions } from "@/scripts/demo/image/image";
import { type BuiltManifest, descriptorOf, jsonPiece, MEDIA_TYPES, piece } from "@/scripts/demo/image/piece";
import { EXTENSION_ICON, EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { indexOver, type Listed, type ListedEntry, listed } from "@/tests/builders/listed-image";
import { holdingPolicies, POLICIES } from "@/tests/support/listing-verdicts";
import { type ServedBench, startServedBench } from "@/tests/support/registries/inspect-served";

let bench: ServedBench;
beforeAll(async () => {
  bench = await startServedBench();
});
afterAll(() => bench?.stop());

const REQUIREMENT = "com.docker.desktop.extension.api.version";
const { oci } = MEDIA_TYPES;

/** A good extension for linux, alike on all architectures. */
function extension(architecture: string, options: ManifestOptions = {}): BuiltManifest {
  const files = [
    { path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) },
    { path: "disk-lens.svg", content: EXTENSION_ICON },
    { path: "ui/index.html", content: "<!doctype html>" },
    { path: "service", content: `for ${architecture}` },
  ];
  const platform = { os: "linux", architecture };
  return imageManifest({ platform, labels: EXTENSION_LABELS, layers: [layer(files)], ...options });
}

/** What a foreign platform often is: without labels, without metadata.json. */
const bare = (os: string, architecture: string) =>
  imageManifest({ platform: { os, architecture }, layers: [layer([{ path: "x", content: "x" }])] });

function unreadable(): Listed {
  const config = piece(oci.config, "not JSON");
  const manifest = { schemaVersion: 2, mediaType: oci.manifest, config: descriptorOf(config), layers: [] };
  return { ...jsonPiece(oci.manifest, manifest), blobs: [config] };
}

const on = (os: string, architecture: string, more: Record<string, unknown> = {}) => ({
  platform: { os, architecture, ...more },
});
const linux = (architecture: string, options?: ManifestOptions) =>
  listed(extension(architecture, options), on("linux", architecture));
const both = (...more: ListedEntry[]) => indexOver(linux("amd64"), linux("arm64"), ...more);

const codes = ({ findings }: InspectionReport) => [...new Set(findings.map(({ code }) => code))].toSorted();
const names = ({ platforms }: InspectionReport) =>
  platforms.map(({ os, architecture }) => `${os}/${architecture}`);
const foreignIn = ({ findings }: InspectionReport) =>
  findings.flatMap(({ code, evidence }) => (code === "platform_foreign" ? [evidence.platforms] : []));

let plain: InspectionReport;
beforeAll(async () => {
  plain = (await bench.inspectImage(both())).report;
});

describe("beside both platforms, a further entry changes nothing but one note", () => {
  test.each<[name: string, entries: () => ListedEntry[], mentioned: string]>([
    [
      "Windows without labels",
      () => [listed(bare("windows", "amd64"), on("windows", "amd64"))],
      "windows/amd64",
    ],
    [
      "Windows in several versions",
      () =>
        ["10.0.17763.1", "10.0.20348.2"].map((version, at) =>
          listed(
            imageManifest({
              platform: { os: "windows", architecture: "amd64" },
              created: `202${at}-01-01T00:00:00Z`,
            }),
            on("windows", "amd64", { "os.version": version }),
          ),
        ),
      "windows/amd64",
    ],
    ["macOS", () => [listed(bare("darwin", "arm64"), on("darwin", "arm64"))], "darwin/arm64"],
    ["FreeBSD", () => [listed(bare("freebsd", "amd64"), on("freebsd", "amd64"))], "freebsd/amd64"],
    ["linux/s390x, unreadable", () => [listed(unreadable(), on("linux", "s390x"))], "linux/s390x"],
    ["linux/ppc64le", () => [listed(bare("linux", "ppc64le"), on("linux", "ppc64le"))], "linux/ppc64le"],
    [
      "linux/arm/v7",
      () => [listed(bare("linux", "arm"), on("linux", "arm", { variant: "v7" }))],
      "linux/arm",
    ],
    ["linux/386", () => [listed(bare("linux", "386"), on("linux", "386"))], "linux/386"],
    ["unknown/unknown", () => [listed(bare("linux", "amd64"), on("unknown", "unknown"))], "unknown/unknown"],
    ["an empty platform", () => [listed(bare("linux", "amd64"), { platform: {} })], "an unnamed platform"],
    ["a platform of null", () => [listed(bare("linux", "amd64"), { platform: null })], "an unnamed platform"],
    ["no platform", () => [listed(unreadable())], "an unnamed platform"],
    ["a system alone", () => [listed(unreadable(), { platform: { os: "linux" } })], "linux/unknown"],
    [
      "three of them",
      () => ["s390x", "riscv64", "mips64le"].map((one) => listed(bare("linux", one), on("linux", one))),
      "linux/s390x, linux/riscv64, linux/mips64le",
    ],
  ])("%s", async (_name, entries, mentioned) => {
    const { report } = await bench.inspectImage(both(...entries()));
    expect(foreignIn(report)).toEqual([mentioned]);
    expect(codes(report)).toEqual([...codes(plain), "platform_foreign"].toSorted());
    expect(names(report)).toEqual(["linux/amd64", "linux/arm64"]);
    expect(report.requirements).toEqual(plain.requirements);
    expect(report.capabilities).toEqual(plain.capabilities);
    expect(holdingPolicies(report)).toEqual(holdingPolicies(plain));
  });

  test("a part that the registry lacks", async () => {
    const missing = { ...bare("linux", "s390x"), blobs: [] };
    const { report } = await bench.inspectImage(both(listed(missing, on("linux", "s390x"))));
    expect(codes(report)).toEqual([...codes(plain), "platform_foreign"].toSorted());
  });
});

describe("the platforms that decide, in other spellings", () => {
  test("x86_64 and aarch64 are amd64 and arm64", async () => {
    const { report } = await bench.inspectImage(
      indexOver(
        listed(extension("amd64"), on("linux", "x86_64")),
        listed(extension("arm64"), on("linux", "aarch64")),
      ),
    );
    expect(names(report)).toEqual(["linux/amd64", "linux/arm64"]);
    expect(codes(report)).toEqual(codes(plain));
  });

  test("one image under arm64 and arm64/v8 is one image", async () => {
    const arm = extension("arm64");
    const { report } = await bench.inspectImage(
      indexOver(
        linux("amd64"),
        listed(arm, on("linux", "arm64")),
        listed(arm, on("linux", "arm64", { variant: "v8" })),
      ),
    );
    expect(names(report)).toEqual(["linux/amd64", "linux/arm64"]);
    expect(codes(report)).toEqual(codes(plain));
  });

  test("two images under arm64 and arm64/v8 require a review", async () => {
    const other = extension("arm64", { created: "2026-03-03T00:00:00Z" });
    const { report } = await bench.inspectImage(both(listed(other, on("linux", "arm64", { variant: "v8" }))));
    expect(codes(report)).toContain("platform_duplicate");
  });

  test("a variant of amd64 is inspected, but does not decide what the extension requires", async () => {
    const labels = { ...EXTENSION_LABELS, [REQUIREMENT]: ">= 9.0.0" };
    const { report } = await bench.inspectImage(
      both(listed(extension("amd64", { labels }), on("linux", "amd64", { variant: "v3" }))),
    );
    expect(report.requirements.map(({ raw }) => raw)).toEqual([">= 0.3.4", ">= 0.3.4"]);
    expect(codes(report)).toEqual([...codes(plain), "platform_foreign"].toSorted());
  });

  test("linux/arm, which machines without linux/arm64 take instead, is inspected and does not decide either", async () => {
    const { report } = await bench.inspectImage(
      indexOver(linux("amd64"), listed(bare("linux", "arm"), on("linux", "arm", { variant: "v7" }))),
    );
    expect(report.requirements.map(({ platform }) => platform)).toEqual(["linux/amd64"]);
    expect(codes(report)).toEqual(expect.arrayContaining(["platform_foreign", "platform_missing"]));
    for (const code of ["requirement_missing", "label_divergence", "metadata_missing"])
      expect(codes(report)).not.toContain(code);
  });

  test("an entry without a platform is the one that its config names, while the index lacks it", async () => {
    const { report } = await bench.inspectImage(indexOver(linux("amd64"), listed(extension("arm64"))));
    expect(names(report)).toEqual(["linux/amd64", "linux/arm64"]);
    expect(codes(report)).toEqual(codes(plain));
  });
});

describe("index and config disagree: the platform is unknown", () => {
  test.each([
    ["another architecture", { os: "linux", architecture: "amd64" }],
    ["another system", { os: "windows", architecture: "arm64" }],
  ])("%s", async (_name, platform) => {
    const { report } = await bench.inspectImage(
      indexOver(linux("amd64"), listed(extension("arm64", { platform }), on("linux", "arm64"))),
    );
    expect(names(report)).toEqual(["linux/amd64", "unknown/unknown"]);
    expect(report.requirements.map(({ platform: one }) => one)).toEqual(["linux/amd64"]);
    expect(codes(report)).toEqual([...codes(plain), "platform_contradiction"].toSorted());
  });

  test("on both platforms, the image is unusable", async () => {
    const { report } = await bench.inspectImage(
      indexOver(
        listed(extension("arm64"), on("linux", "amd64")),
        listed(extension("amd64"), on("linux", "arm64")),
      ),
    );
    expect(names(report)).toEqual(["unknown/unknown", "unknown/unknown"]);
    expect(codes(report)).toEqual(expect.arrayContaining(["platform_contradiction", "platform_unusable"]));
  });

  test.each([
    ["in the index", { variant: "v8" }, {}],
    ["in the config", {}, { variant: "v8" }],
    ["of the processor in the config", {}, { variant: "v9" }],
  ])("a variant only %s is no contradiction", async (_name, inIndex, inConfig) => {
    const platform = { os: "linux", architecture: "arm64", ...inConfig };
    const { report } = await bench.inspectImage(
      indexOver(linux("amd64"), listed(extension("arm64", { platform }), on("linux", "arm64", inIndex))),
    );
    expect(codes(report)).toEqual(codes(plain));
  });
});

describe("labels that are not text are an error, as for Go", () => {
  const labelled = (Labels: unknown) => ({ config: { config: { Labels } } });

  test.each([
    [
      "a number",
      { ...EXTENSION_LABELS, [REQUIREMENT]: 3 },
      /“com\.docker\.desktop\.extension\.api\.version” .* is a number/,
    ],
    [
      "a list",
      { ...EXTENSION_LABELS, "com.docker.extension.categories": ["a"] },
      /is a list instead of text/,
    ],
    ["an object", { ...EXTENSION_LABELS, other: {} }, /“other” .* is an object/],
    ["a list of labels", ["a=b"], /labels .* are a list instead of an object/],
  ])("%s", async (_name, labels, words) => {
    const { report } = await bench.inspectImage(
      indexOver(linux("amd64", labelled(labels)), linux("arm64", labelled(labels))),
    );
    expect(report.state).toBe("invalid");
    expect(report.findings).toEqual([
      expect.objectContaining({
        code: "label_not_text",
        severity: "error",
        message: expect.stringMatching(words),
      }),
    ]);
    expect(report.findings[0]?.message).toContain("linux/amd64 and linux/arm64");
  });

  test("on one platform: an error that no policy lifts", async () => {
    const labels = { ...EXTENSION_LABELS, [REQUIREMENT]: true };
    const { report } = await bench.inspectImage(indexOver(linux("amd64"), linux("arm64", labelled(labels))));
    expect(names(report)).toEqual(["linux/amd64"]);
    expect(codes(report)).toContain("label_not_text");
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });

  test("null is the empty text, and null labels are none", async () => {
    const labels = { ...EXTENSION_LABELS, "com.docker.extension.account-info": null };
    const { report } = await bench.inspectImage(indexOver(linux("amd64", labelled(labels)), linux("arm64")));
    expect(codes(report)).toEqual(codes(plain));
    const without = await bench.inspectImage(
      indexOver(linux("amd64", labelled(null)), linux("arm64", labelled(null))),
    );
    expect(codes(without.report)).toContain("requirement_missing");
  });
});
