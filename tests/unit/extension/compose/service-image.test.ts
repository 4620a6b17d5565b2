// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose writes variables so
import { describe, expect, test } from "vitest";
import { readCompose } from "@/lib/extension/compose/compose";
import { parseMetadata } from "@/lib/extension/metadata/metadata";

const OWN = "docker.io/acme/disk-lens@sha256:0";

function read(yaml: string, env = "") {
  const files = new Map([
    ["/compose.yaml", new TextEncoder().encode(yaml)],
    ["/.env", new TextEncoder().encode(env)],
  ]);
  return readCompose({ path: "/compose.yaml", files, ownImage: OWN });
}

/** The findings of a project of one service with this image. */
function findings(image: string, more: object = {}, env = "") {
  return read(JSON.stringify({ services: { app: { image, ...more } } }), env).findings;
}

function codes(image: string, more: object = {}, env = ""): string[] {
  return findings(image, more, env).map(({ code }) => code);
}

describe("the image of a service", () => {
  test.each([
    ["${DESKTOP_PLUGIN_IMAGE}"],
    ["$DESKTOP_PLUGIN_IMAGE"],
    ["${DESKTOP_PLUGIN_IMAGE:-acme/disk-lens:1.0.0}"],
    ["${DESKTOP_PLUGIN_IMAGE:?}"],
    [" ${DESKTOP_PLUGIN_IMAGE} "],
  ])("%s is the extension's own", (image) => {
    expect(codes(image)).toEqual([]);
    expect(read(`services: { app: { image: "${image}" } }`).services[0]?.image).toBe(
      "${DESKTOP_PLUGIN_IMAGE}",
    );
  });

  test.each([
    ["${DESKTOP_EXTENSION_IMAGE}"],
    ["$DESKTOP_EXTENSION_IMAGE"],
    ["${DESKTOP_PLUGIN_IMG}"],
    ["${DESKTOP_PLUGIN_IMAGES}"],
    ["${EXTENSION_IMAGE:?must be set}"],
    ["${EXTENSION_IMAGE?}"],
    ["${REGISTRY}/acme/backend:1.0.0"],
    ["acme/backend:${TAG}"],
    ["${A:-${B}}"],
    ["${A:+nginx}"],
    ["${DESKTOP_PLUGIN_IMAGE}${SUFFIX}"],
  ])("%s names it with a variable that nothing sets", (image) => {
    const found = findings(image);
    expect(found.map(({ code }) => code)).toEqual(["backend_image_variable"]);
    expect(found[0]).toMatchObject({ severity: "error", evidence: { at: "services.app.image" } });
    expect(found[0]?.suggestion).toContain("${DESKTOP_PLUGIN_IMAGE}");
  });

  test("a default is the name, whether a variable of the image or the file gives it", () => {
    expect(findings("${BACKEND:-nginx:1.27}")).toMatchObject([
      { code: "compose_image_without_digest", evidence: { image: "nginx:1.27" } },
    ]);
    expect(codes("${BACKEND-nginx:1.27}")).toEqual(["compose_image_without_digest"]);
    expect(codes("${BACKEND}", {}, "BACKEND=nginx:1.27")).toEqual(["compose_image_without_digest"]);
    expect(codes("${REGISTRY:-docker.io}/acme/backend:${TAG:-1.0.0}")).toEqual([
      "compose_image_without_digest",
    ]);
  });

  test.each([["${X:-}"], [""], ["  "]])("%j is no image", (image) => {
    expect(codes(image)).toEqual(["compose_service_without_image"]);
  });

  test.each([
    ["${DESKTOP_PLUGIN_IMAGE}-db"],
    ["${DESKTOP_PLUGIN_IMAGE}:1.0.0"],
    ["registry.example/${DESKTOP_PLUGIN_IMAGE}"],
    ["$DESKTOP_PLUGIN_IMAGE-db"],
  ])("%s changes the extension's own name", (image) => {
    expect(findings(image)).toMatchObject([{ code: "backend_own_image_changed", severity: "error" }]);
  });

  test.each([
    ["DESKTOP_PLUGIN_IMAGE"],
    ["{DESKTOP_PLUGIN_IMAGE}"],
    ["Acme/Backend"],
    ["$${DESKTOP_PLUGIN_IMAGE}"],
  ])("%s is no image name", (image) => {
    const found = findings(image);
    expect(found.map(({ code }) => code)).toEqual(["backend_image_invalid"]);
    expect(found[0]?.suggestion).toContain("${DESKTOP_PLUGIN_IMAGE}");
  });

  test("an invalid variable is one finding", () => {
    expect(codes("${{ DESKTOP_PLUGIN_IMAGE }}")).toEqual(["compose_variable_invalid"]);
  });

  test("Compose does not look at the images of services whose profile is off", () => {
    expect(codes("${DEBUG_IMAGE}", { profiles: ["debug"] })).toEqual([]);
    expect(codes("", { profiles: ["debug"], build: "." })).toEqual(["compose_build"]);
  });
});

describe("a build", () => {
  test("without an image is an error, with one it is not", () => {
    expect(codes("", { build: "." })).toEqual(["compose_build_without_image"]);
    expect(findings("${DESKTOP_PLUGIN_IMAGE}", { build: { context: "." } })).toMatchObject([
      { code: "compose_build", severity: "warning" },
    ]);
  });

  test("of null builds nothing", () => {
    expect(codes("", { build: null })).toEqual(["compose_service_without_image"]);
  });

  test("a provider needs no image", () => {
    expect(codes("", { provider: { type: "awesomecloud" } })).toEqual([]);
  });

  test("an extended service can bring the image", () => {
    const yaml = "services: { base: { image: $DESKTOP_PLUGIN_IMAGE }, app: { extends: base, build: . } }";
    expect(read(yaml).findings.map(({ code }) => code)).toEqual(["compose_build"]);
  });
});

describe("a compose file without services", () => {
  test.each([
    ["{}", "it has no key “services”"],
    ["version: '3'", "it has no key “services”"],
    ["services:", "“services” is empty"],
    ["services: {}", "“services” is empty"],
    ["services: []", "“services” is a list, not an object"],
    ["services: [{ app: { image: nginx } }]", "“services” is a list, not an object"],
    ["services: app", "“services” is a text, not an object"],
    ["service: { app: { image: nginx } }", "it has the key “service” instead of “services”"],
    ["Services: { app: { image: nginx } }", "it has the key “Services” instead of “services”"],
    ["app: { image: nginx }", "it has no key “services”, under which “app” belongs"],
    ["app: { build: . }\nversion: '3'", "it has no key “services”, under which “app” belongs"],
    ["volumes: { data: {} }", "it has no key “services”"],
  ])("%s", (yaml, why) => {
    expect(read(yaml).findings).toMatchObject([
      { code: "compose_services_missing", severity: "error", evidence: { why } },
    ]);
  });

  test("an included file can define them", () => {
    const reading = readCompose({
      path: "/compose.yaml",
      files: new Map<string, Uint8Array | "absent">([
        ["/compose.yaml", new TextEncoder().encode("include: [other.yaml]")],
        ["/other.yaml", new TextEncoder().encode("services: { app: { image: $DESKTOP_PLUGIN_IMAGE } }")],
        ["/.env", "absent"],
      ]),
      ownImage: OWN,
    });
    expect(reading.findings).toEqual([]);
  });
});

describe("vm.image in metadata.json", () => {
  test.each([
    ["${DESKTOP_PLUGIN_IMAGE}", []],
    ["acme/backend:1.0.0", []],
    ["${DESKTOP_EXTENSION_IMAGE}", ["backend_image_variable"]],
    ["${DESKTOP_PLUGIN_IMAGE}-db", ["backend_own_image_changed"]],
    ["DESKTOP_PLUGIN_IMAGE", ["backend_image_invalid"]],
  ])("%s", (image, expected) => {
    const metadata = { icon: "i.svg", ui: { "dashboard-tab": { title: "T", root: "/ui", src: "i.html" } } };
    const { findings } = parseMetadata(
      new TextEncoder().encode(JSON.stringify({ ...metadata, vm: { image } })),
    );
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });
});
