// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose writes variables so
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench.stop());

/** The findings about the backend of an extension with this compose file. */
async function findings(compose: string, files: Record<string, string> = {}) {
  const metadata = { ...EXTENSION_METADATA, vm: { composefile: "docker-compose.yaml" } };
  const image = extensionImage({ metadata, files: { "docker-compose.yaml": compose, ...files } });
  const { report } = await bench.inspectImage(image);
  return report.findings.filter(({ code }) => /^(?:compose|backend|secret)_/.test(code));
}

describe("compose files that work on the publisher's machine only", () => {
  test("a variable that Docker Desktop does not set names the image", async () => {
    const found = await findings("services:\n  app:\n    image: ${DESKTOP_EXTENSION_IMAGE}\n");
    expect(found.map(({ code }) => code)).toEqual(["backend_image_variable"]);
    expect(found[0]).toMatchObject({ severity: "error" });
    expect(found[0]?.suggestion).toContain("DESKTOP_PLUGIN_IMAGE");
  });

  test.each([
    ["the extension's own image", "services:\n  app:\n    image: $DESKTOP_PLUGIN_IMAGE\n", []],
    ["a build", "services:\n  app:\n    build: .\n", ["compose_build_without_image"]],
    ["no services", "version: '3'\n", ["compose_services_missing"]],
    ["a list of services", "services:\n  - image: nginx\n", ["compose_services_missing"]],
    [
      "a key for development",
      "services:\n  app:\n    image: $DESKTOP_PLUGIN_IMAGE\n    develop:\n      watch:\n        - path: .\n          action: rebuild\n",
      [],
    ],
  ])("%s", async (_, compose, expected) => {
    expect((await findings(compose)).map(({ code }) => code)).toEqual(expected);
  });
});
