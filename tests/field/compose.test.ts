// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose writes variables so
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { currentFindings } from "@/lib/extension/policy/current-findings";
import { DEFAULT_POLICY } from "@/lib/extension/policy/policy";
import { shippedReleases } from "@/lib/marketplace/desktop-releases/shipped-releases";
import { EXTENSION_METADATA, extensionImage } from "@/tests/builders/extension-image";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench.stop());

/** What the shipped table of Docker Desktop releases says about a compose file. */
async function releaseFindings(requirement: string, compose: string) {
  const metadata = { ...EXTENSION_METADATA, vm: { composefile: "docker-compose.yaml" } };
  const image = extensionImage({
    metadata,
    labels: { "com.docker.desktop.extension.api.version": requirement },
    files: { "docker-compose.yaml": compose },
  });
  const { report } = await bench.inspectImage(image);
  const facts = { tag: null, aboutTags: [], releases: shippedReleases(), policy: DEFAULT_POLICY };
  return currentFindings(report, facts).filter(({ code }) => code === "compose_key_too_new");
}

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

describe("compose keys that the oldest admitted Docker Desktop does not know", () => {
  const service = (lines: string) => `services:\n  app:\n    image: $DESKTOP_PLUGIN_IMAGE\n${lines}`;

  test.each([
    ["post_start", "    post_start:\n      - command: ./start.sh\n", "2.30.0"],
    ["gpus", "    gpus: all\n", "2.30.0"],
    ["attach", "    attach: false\n", "2.20.0"],
    ["env_file", "    env_file:\n      - path: a.env\n        required: false\n", "2.24.0"],
  ])("%s", async (key, lines, since) => {
    const found = await releaseFindings(">= 0.3.4", service(lines));
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(new RegExp(`app\\.${key}.*${since}.*Docker Desktop 4\\.17`));
    expect(await releaseFindings(">= 0.4.2", service(lines))).toEqual([]);
  });

  test("old keys are no finding", async () => {
    expect(await releaseFindings(">= 0.2.3", service("    restart: always\n    init: true\n"))).toEqual([]);
  });
});

describe("default values of secrets", () => {
  /** Put together here, so that no scanner takes it for a real one. */
  const password = ["q7Zk2m", "X9vB4t"].join("");
  const app = "services:\n  app:\n    image: $DESKTOP_PLUGIN_IMAGE\n";

  test.each([
    ["a map", `${app}    environment:\n      DB_PASSWORD: VALUE\n`, {}],
    ["a list", `${app}    environment:\n      - DB_PASSWORD=VALUE\n`, {}],
    ["a default", `${app}    environment:\n      DB_PASSWORD: \${DB_PASSWORD:-VALUE}\n`, {}],
    ["an env file", `${app}    env_file: db.env\n`, { "db.env": "DB_PASSWORD=VALUE\n" }],
    ["an argument", `${app}    command: ["serve", "--db-password", "VALUE"]\n`, {}],
    ["a config", `${app}configs:\n  db:\n    content: |\n      db_password=VALUE\n`, {}],
    ["a label", `${app}    labels:\n      - db.password=VALUE\n`, {}],
  ])("in %s", async (_, compose, files) => {
    const written = (value: string) => {
      const others = Object.entries<string>(files).map(([path, text]) => [
        path,
        text.replace("VALUE", value),
      ]);
      return findings(compose.replace("VALUE", value), Object.fromEntries(others));
    };
    expect((await written(password)).map(({ code }) => code)).toEqual(["secret_found"]);
    expect(await written("postgres123")).toEqual([]);
  });
});
