import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imageManifest, layer } from "@/scripts/demo/image/image";
import type { BuiltManifest } from "@/scripts/demo/image/piece";
import { EXTENSION_ICON, EXTENSION_LABELS, EXTENSION_METADATA } from "@/tests/builders/extension-image";
import { indexOver, type Listed, listed, rewritten } from "@/tests/builders/listed-image";
import { holdingPolicies, POLICIES } from "@/tests/support/listing-verdicts";
import { type ServedBench, startServedBench } from "@/tests/support/registries/inspect-served";

let bench: ServedBench;
beforeAll(async () => {
  bench = await startServedBench();
});
afterAll(() => bench.stop());

function extension(architecture: string): BuiltManifest {
  const files = [
    { path: "metadata.json", content: JSON.stringify(EXTENSION_METADATA) },
    { path: "disk-lens.svg", content: EXTENSION_ICON },
    { path: "ui/index.html", content: `<title>${architecture}</title>` },
  ];
  const platform = { os: "linux", architecture };
  return imageManifest({ platform, labels: EXTENSION_LABELS, layers: [layer(files)] });
}

const on = (architecture: string, target: Listed = extension(architecture), more: object = {}) =>
  listed(target, { platform: { os: "linux", architecture }, ...more });

/** The manifest with the nth `size` (0: the config, 1: the layer) spelled in another way. */
function withSize(target: BuiltManifest, nth: number, spell: (size: string) => string): Listed {
  let seen = 0;
  return rewritten(target, (text) =>
    text.replaceAll(/"size":(\d+)/g, (whole, size: string) =>
      seen++ === nth ? `"size":${spell(size)}` : whole,
    ),
  );
}

const inspectIt = (...entries: Parameters<typeof indexOver>) => bench.inspectImage(indexOver(...entries));

describe("a size that does not fit what arrives requires a review, and is never the registry's problem", () => {
  test.each<[name: string, amd64: () => Parameters<typeof indexOver>[0], code: string, words: RegExp]>([
    [
      "of a manifest in the index",
      () => on("amd64", undefined, { size: 7 }),
      "index_ambiguous",
      /its manifest has 7 bytes/,
    ],
    [
      "of a config, too small",
      () =>
        on(
          "amd64",
          withSize(extension("amd64"), 0, () => "5"),
        ),
      "index_ambiguous",
      /the config has 5 bytes, but it has \d{3}/,
    ],
    [
      "of a config, too large",
      () =>
        on(
          "amd64",
          withSize(extension("amd64"), 0, (size) => `${Number(size) + 1}`),
        ),
      "index_ambiguous",
      /the config has \d+ bytes, but it has \d+/,
    ],
    [
      "of a layer that ends before it",
      () =>
        on(
          "amd64",
          withSize(extension("amd64"), 1, (size) => `${Number(size) + 1}`),
        ),
      "metadata_unknown",
      /declares \d+ bytes for the blob sha256:.*, but it has \d+/,
    ],
    [
      "of a layer that goes on after it",
      () =>
        on(
          "amd64",
          withSize(extension("amd64"), 1, (size) => `${Number(size) - 1}`),
        ),
      "metadata_unknown",
      /declares \d+ bytes for the blob sha256:.*, but it has \d+/,
    ],
  ])("%s", async (_name, amd64, code, words) => {
    const { report } = await inspectIt(on("arm64"), amd64());
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code, message: expect.stringMatching(words) }),
    );
    expect(holdingPolicies(report)).toHaveLength(POLICIES.length);
  });
});

describe("numbers are integers by their spelling, as Docker reads them", () => {
  const SPELLINGS: [name: string, spell: (size: string) => string][] = [
    ["a fraction of zero", (size) => `${size}.0`],
    ["an exponent", (size) => `${size}e0`],
    ["another exponent", (size) => `${Number(size) / 100}E2`],
    ["text", (size) => `"${size}"`],
    ["a negative number", (size) => `-${size}`],
    ["more than 64 bits", () => "9223372036854775808"],
  ];

  test.each(SPELLINGS)("%s in an index is refused", async (_name, spell) => {
    const index = indexOver(on("arm64"), on("amd64"));
    const root = rewritten({ ...index.root, blobs: [] }, (text) =>
      text.replace(/"size":(\d+)/, (_, size: string) => `"size":${spell(size)}`),
    );
    await expect(bench.inspectImage({ ...index, root })).rejects.toMatchObject({
      code: "registry_protocol",
      retryable: false,
    });
  });

  test.each(SPELLINGS)("%s in a manifest keeps its platform from the list", async (_name, spell) => {
    const { report } = await inspectIt(on("arm64"), on("amd64", withSize(extension("amd64"), 0, spell)));
    expect(report.platforms.map(({ architecture }) => architecture)).toEqual(["arm64"]);
    expect(report.findings.map(({ code }) => code)).toContain("image_not_inspected");
  });

  test.each(["2.0", "2e0", '"2"', "20e-1"])("the schemaVersion %s is refused", async (spelled) => {
    const single = rewritten(extension("amd64"), (text) =>
      text.replace('"schemaVersion":2', `"schemaVersion":${spelled}`),
    );
    const { report } = await inspectIt(on("arm64"), on("amd64", single));
    expect(report.findings.map(({ code }) => code)).toContain("image_not_inspected");
  });
});
