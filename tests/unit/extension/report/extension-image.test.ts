import { expect, test } from "vitest";
import { parseMetadata } from "@/lib/extension/metadata/metadata";
import { isExtensionImage } from "@/lib/extension/report/extension-image";

const BASE = {
  maintainer: "x",
  "org.opencontainers.image.title": "Alpine",
  "com.docker.compose.project": "x",
};

function metadata(document: unknown) {
  return parseMetadata(new TextEncoder().encode(JSON.stringify(document))).document;
}

const TAB = { ui: { "dashboard-tab": { title: "T", root: "u", src: "i" } } };

test.each([
  ["the api.version label", [{ "com.docker.desktop.extension.api.version": ">= 0.3.4" }], undefined, true],
  [
    "the label on one platform only",
    [BASE, { "com.docker.desktop.extension.api.version": "" }],
    undefined,
    true,
  ],
  ["a mistyped label in the namespace", [{ "com.docker.extension.category": "x" }], undefined, true],
  ["a metadata.json with a tab", [BASE], metadata(TAB), true],
  ["a metadata.json with a backend", [], metadata({ vm: { image: "a/b" } }), true],
  [
    "a metadata.json with host files",
    [],
    metadata({ host: { binaries: [{ linux: [{ path: "/a" }] }] } }),
    true,
  ],
  ["another tool's metadata.json", [BASE], metadata({ name: "x", version: "1.0.0" }), false],
  ["a metadata.json whose ui is something else", [BASE], metadata({ ui: "dark" }), false],
  ["an ordinary image", [BASE], undefined, false],
  ["no labels at all", [], undefined, false],
  [
    "a name that only begins like one",
    [{ "com.docker.extension": "x", "com.docker.extensions.x": "y", "com.docker.extension.": "z" }],
    undefined,
    false,
  ],
])("an image with %s", (_name, labels, document, expected) => {
  expect(isExtensionImage(labels, document)).toBe(expected);
});
