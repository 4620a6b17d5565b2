import { afterAll, beforeAll, expect, test } from "vitest";
import { imageIndex, imageManifest, layer } from "@/scripts/demo/image/image";
import type { TarEntry } from "@/scripts/demo/image/tar";
import { EXTENSION_LABELS } from "@/tests/builders/extension-image";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench?.stop());

const META = {
  path: "metadata.json",
  content: JSON.stringify({ vm: { composefile: "backend/compose.yaml" } }),
};
const compose = (content: string): TarEntry => ({ path: "backend/compose.yaml", content });
const folder = (path: string): TarEntry => ({ path, type: "directory", mode: 0o755 });
const SOCKET = `services:
  api:
    image: \${DESKTOP_PLUGIN_IMAGE}
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
`;
const PLAIN = `services:
  api:
    image: \${DESKTOP_PLUGIN_IMAGE}
`;

function inspectLayers(...platforms: TarEntry[][][]) {
  const manifests = platforms.map((layers, at) =>
    imageManifest({
      platform: { os: "linux", architecture: ["amd64", "arm64"][at] ?? "s390x" },
      labels: EXTENSION_LABELS,
      layers: layers.map((entries) => layer(entries)),
    }),
  );
  return bench.inspectImage(imageIndex(manifests));
}

test("the compose file that metadata.json names is read by the rules of layers, and so is what it needs", async () => {
  const extended = `services:
  api:
    extends: { file: base/common.yaml, service: base }
    image: \${IMAGE}
`;
  const layers = [
    [compose(SOCKET), { path: "backend/old.env", content: "" }],
    [META, folder("backend/"), compose(extended), { path: "backend/.env", content: "IMAGE=acme/api:1" }],
    [
      folder("backend/"),
      folder("backend/base/"),
      { path: "backend/base/common.yaml", content: "services:\n  base:\n    privileged: true\n" },
      { path: "other", content: "x" },
    ],
  ];
  const { report } = await inspectLayers(layers, layers);
  expect(report.compose).toMatchObject({ path: "/backend/compose.yaml", text: extended, proof: "full" });
  expect(report.compose?.files.map(({ path }) => path).toSorted()).toEqual([
    "/backend/.env",
    "/backend/base/common.yaml",
  ]);
  expect(report.capabilities).toMatchObject({
    compose: true,
    dockerSocket: false,
    backendImages: ["acme/api:1"],
    unknown: [],
  });
  expect(report.capabilities.privileged).toBe(true);
  // Index, manifests, configs and two of the three layers, each once although two platforms have them.
  expect(report.cost.requests).toBe(7);
});

test("a compose file that differs on one platform counts for all, and is reported", async () => {
  const inspection = await inspectLayers([[META, compose(PLAIN)]], [[META, compose(SOCKET)]]);
  expect(inspection.report.capabilities.dockerSocket).toBe(true);
  expect(inspection.report.compose?.text).toBe(PLAIN);
  expect(codesOf(inspection)).toContain("compose_divergence");
});

test.each<[string, TarEntry[][]]>([
  ["not there", [[META]]],
  [
    "deleted by a layer above",
    [[META, compose(SOCKET)], [{ path: "backend/.wh.compose.yaml", content: "" }]],
  ],
])("a compose file that is %s is missing, and what it does is unknown", async (_name, layers) => {
  const inspection = await inspectLayers(layers, layers);
  expect(inspection.report.compose).toBeNull();
  expect(inspection.report.capabilities.unknown).not.toEqual([]);
  expect(codesOf(inspection)).toContain("compose_file_missing");
});

test("a compose file on which unpackers disagree is ambiguous", async () => {
  const layers = [[META, compose(PLAIN), { path: "backend/.wh.compose.yaml", content: "" }]];
  const inspection = await inspectLayers(layers, layers);
  expect(codesOf(inspection)).toContain("ambiguous_layer");
});
