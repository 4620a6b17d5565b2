import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMPOSE_LIMITS } from "@/lib/extension/compose/compose-files";
import { COMPOSE_STEPS } from "@/lib/extension/compose/yaml/step-budget";
import { INSPECTION_LIMITS } from "@/lib/inspection/limits";
import { REGISTRY_LIMITS } from "@/lib/registry/oci/limits";

const MEBIBYTE = 2 ** 20;
const { compressedBytes, inflatedBytes, layerEntries, layerMs, imageMs, indexDepth } = INSPECTION_LIMITS;

test.each([
  ["manifest, index, config", `${REGISTRY_LIMITS.manifestBytes / MEBIBYTE} MiB each`],
  ["manifest, index, config", `${REGISTRY_LIMITS.blobBytes / MEBIBYTE} MiB each`],
  ["manifests of all platforms", `${INSPECTION_LIMITS.manifestBytes / MEBIBYTE} MiB in total`],
  ["configs of all platforms", `${INSPECTION_LIMITS.configBytes / MEBIBYTE} MiB in total`],
  ["index", `${REGISTRY_LIMITS.indexEntries} images, ${indexDepth} levels`],
  ["index", `${INSPECTION_LIMITS.indexEntries} images, ${indexDepth} levels`],
  ["layers", `${REGISTRY_LIMITS.layers}`],
  ["tags", REGISTRY_LIMITS.tags.toLocaleString("en")],
  ["`metadata.json`", `${INSPECTION_LIMITS.metadataBytes / MEBIBYTE} MiB, 64 levels`],
  [
    "Compose project",
    `${COMPOSE_LIMITS.files} files, ${INSPECTION_LIMITS.composeBytes / MEBIBYTE} MiB each, ${COMPOSE_LIMITS.depth} levels, ${COMPOSE_STEPS.toLocaleString("en")} steps`,
  ],
  [
    "layer contents",
    `${compressedBytes / MEBIBYTE} MiB transferred, ${inflatedBytes / MEBIBYTE} MiB unpacked, ${layerEntries.toLocaleString("en")} entries, ${layerMs / 1000} seconds`,
  ],
  [
    "files that metadata.json names",
    `the rest of these limits, at most ${INSPECTION_LIMITS.namedFilesMs / 1000} seconds`,
  ],
  ["one inspection", `${imageMs / 1000} seconds`],
])("docs/publishing.md says of %s: %s", (what, limit) => {
  expect(readFileSync("docs/publishing.md", "utf8")).toContain(`| ${what} | ${limit} |`);
});
