import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Architecture,
  file,
  host,
  type NamedFilesImage,
  namedFilesImage,
  symlink,
} from "@/tests/builders/named-files-image";
import { elf, machO, pe, universal } from "@/tests/builders/programs";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench.stop());

// biome-ignore lint/suspicious/noTemplateCurlyInString: metadata.json writes it so
const BACKEND = { vm: { image: "${DESKTOP_PLUGIN_IMAGE}" } };
// biome-ignore lint/suspicious/noTemplateCurlyInString: Compose writes variables so
const COMPOSE = "services:\n  api:\n    image: ${DESKTOP_PLUGIN_IMAGE}\n";
const ABOUT_PROGRAMS = /^(?:platform_same|executable|host_file_|named_files)/;

async function findingsOf(image: NamedFilesImage) {
  const { report } = await bench.inspectImage(namedFilesImage(image));
  return report.findings.filter(({ code }) => ABOUT_PROGRAMS.test(code));
}

/** The service is the same for both platforms, so that all layers are. */
const same: NamedFilesImage = { without: ["service"], entries: [file("service", elf("amd64"))] };

describe("the same layers under both platforms", () => {
  test.each<[string, NamedFilesImage, string]>([
    ["a backend of its own", { ...same, metadata: BACKEND }, "a backend of its own"],
    [
      "a backend from a compose file",
      {
        ...same,
        metadata: { vm: { composefile: "compose.yaml" } },
        entries: [file("service", elf("amd64")), file("compose.yaml", COMPOSE)],
      },
      "a backend of its own",
    ],
    [
      "programs for the host",
      {
        without: ["service"],
        metadata: host({ linux: ["/lens"], darwin: ["/lens"], windows: ["/lens.exe"] }),
        entries: [file("lens", elf("amd64")), file("lens.exe", pe("amd64"))],
      },
      "programs for the host",
    ],
    [
      "host files of unknown content",
      { without: ["service"], metadata: host({ windows: ["/lens.exe"] }), entries: [file("lens.exe")] },
      "programs for the host",
    ],
  ])("%s: a warning that names both", async (_name, image, what) => {
    const found = (await findingsOf(image)).filter(({ code }) => code === "platform_same_layers");
    expect(found).toMatchObject([{ severity: "warning", evidence: { what } }]);
    expect(found[0]?.message).toMatch(/linux\/amd64 and linux\/arm64/);
    const machines = (await findingsOf(image)).filter(({ code }) => code === "executable_other_machine");
    expect(machines).toEqual([]);
  });

  test.each<[string, NamedFilesImage]>([
    ["pages only", { without: ["service"] }],
    [
      "links into another layer, as nix makes them",
      {
        without: ["page", "service"],
        below: [[file("nix/store/ui/index.html")]],
        entries: [symlink("ui", "/nix/store/ui")],
      },
    ],
    ["another backend", { ...same, metadata: { vm: { image: "docker.io/library/redis:7" } } }],
    [
      "scripts and universal programs for the host",
      {
        without: ["service"],
        metadata: host({ linux: ["/lens"], darwin: ["/lens-mac"], windows: ["/lens.cmd", "/lens.exe"] }),
        entries: [
          file("lens", "#!/bin/sh\n"),
          file("lens-mac", universal(["amd64", "arm64"])),
          file("lens.cmd", "@echo off"),
          file("lens.exe", pe("amd64")),
        ],
      },
    ],
    [
      "programs for both architectures side by side",
      {
        without: ["service"],
        metadata: host({ linux: ["/lens-amd64", "/lens-arm64"] }),
        entries: [file("lens-amd64", elf("amd64")), file("lens-arm64", elf("arm64"))],
      },
    ],
  ])("%s: nothing is said", async (_name, image) => {
    expect(await findingsOf(image)).toEqual([]);
  });
});

/** A backend whose program is for `machine` in the image for arm64. */
const service = (path: string, machine: Architecture, config: Record<string, unknown>): NamedFilesImage => ({
  metadata: BACKEND,
  config,
  without: ["service"],
  entries: (architecture) => [
    file(path, elf(architecture === "arm64" ? machine : "amd64")),
    file("arch", architecture),
  ],
});

describe("the entrypoint", () => {
  test.each<[string, string, Record<string, unknown>]>([
    ["an absolute path", "service", { Entrypoint: ["/service", "-socket", "/run/x.sock"] }],
    ["a command", "service", { Cmd: ["/service"] }],
    ["a command in a shell", "service", { Cmd: ["/bin/sh", "-c", "exec /service -socket /run/x.sock"] }],
    ["with variables", "service", { Cmd: ["/bin/sh", "-c", "TOKEN=1 exec /service"] }],
    ["behind an init", "service", { Entrypoint: ["/tini", "--", "/service"] }],
    ["a name in PATH", "opt/bin/service", { Entrypoint: ["service"], Env: ["PATH=/usr/bin:/opt/bin"] }],
    ["a name in the usual folders", "usr/local/bin/service", { Cmd: ["service"] }],
    ["relative to its folder", "app/service", { Cmd: ["./service"], WorkingDir: "/app" }],
  ])("%s is for another machine", async (_name, path, config) => {
    expect(await findingsOf(service(path, "amd64", config))).toMatchObject([
      {
        code: "executable_other_machine",
        severity: "warning",
        evidence: { paths: `“/${path}”`, platforms: "linux/arm64", found: "amd64", expected: "arm64" },
      },
    ]);
    expect(await findingsOf(service(path, "arm64", config))).toEqual([]);
  });

  test("through a link, and in a lower layer", async () => {
    const found = await findingsOf({
      metadata: BACKEND,
      config: { Cmd: ["/service"] },
      without: ["service"],
      entries: (architecture) => [symlink("service", "opt/run"), file("arch", architecture)],
      below: [[file("opt/run", elf("arm64"))]],
    });
    expect(found).toMatchObject([
      { code: "executable_other_machine", evidence: { platforms: "linux/amd64", found: "arm64" } },
    ]);
  });

  test("a program for another system does not run in a container", async () => {
    const found = await findingsOf({
      metadata: BACKEND,
      config: { Cmd: ["/run"] },
      entries: [file("run", machO("arm64"))],
    });
    expect(found.map(({ code, evidence }) => [code, evidence.platforms, evidence.found])).toEqual([
      ["executable_other_machine", "linux/amd64", "macOS on arm64"],
      ["executable_other_machine", "linux/arm64", "macOS on arm64"],
    ]);
  });

  test.each<[string, NamedFilesImage]>([
    [
      "scripts",
      { metadata: BACKEND, config: { Cmd: ["/run.sh"] }, entries: [file("run.sh", "#!/bin/sh\n")] },
    ],
    [
      "32-bit programs on amd64",
      {
        metadata: BACKEND,
        config: { Cmd: ["/service"] },
        without: ["service"],
        entries: (architecture) => [file("service", elf(architecture === "amd64" ? "386" : "arm64"))],
      },
    ],
    ["an entrypoint without a backend", { config: { Cmd: ["/run"] }, entries: [file("run", elf("amd64"))] }],
    ["an entrypoint that is not in the image", { metadata: BACKEND, config: { Cmd: ["/mounted/run"] } }],
  ])("%s: nothing is said", async (_name, image) => {
    expect(await findingsOf(image)).toEqual([]);
  });
});

describe("host files", () => {
  const lists = host({ darwin: ["/darwin/lens"], linux: ["/linux/lens"], windows: ["/windows/lens.exe"] });
  const right = (architecture: Architecture) => ({
    darwin: machO(architecture),
    linux: elf(architecture),
    windows: pe(architecture),
  });
  const image = (
    change: (architecture: Architecture) => Partial<ReturnType<typeof right>>,
  ): NamedFilesImage => ({
    metadata: lists,
    entries: (architecture) => {
      const programs = { ...right(architecture), ...change(architecture) };
      return [
        file("darwin/lens", programs.darwin),
        file("linux/lens", programs.linux),
        file("windows/lens.exe", programs.windows),
      ];
    },
  });

  test.each<[string, (architecture: Architecture) => Partial<ReturnType<typeof right>>]>([
    ["each for its platform", () => ({})],
    ["universal ones for macOS", () => ({ darwin: universal(["amd64", "arm64"]) })],
    ["Windows programs for Intel, which ARM emulates", () => ({ windows: pe("amd64") })],
    ["32-bit Windows programs", () => ({ windows: pe("386") })],
    ["scripts", () => ({ linux: Buffer.from("#!/bin/sh\n"), darwin: Buffer.from("#!/bin/sh\n") })],
  ])("%s: nothing is said", async (_name, change) => {
    expect(await findingsOf(image(change))).toEqual([]);
  });

  test.each<
    [
      string,
      (architecture: Architecture) => Partial<ReturnType<typeof right>>,
      string,
      Record<string, unknown>,
    ]
  >([
    [
      "Linux programs for amd64 in both",
      () => ({ linux: elf("amd64") }),
      "executable_other_machine",
      { paths: "“/linux/lens”", platforms: "linux/arm64", found: "amd64", expected: "arm64" },
    ],
    [
      "macOS programs for arm64 in both",
      () => ({ darwin: machO("arm64") }),
      "executable_other_machine",
      { paths: "“/darwin/lens”", platforms: "linux/amd64", found: "arm64", expected: "amd64" },
    ],
    [
      "macOS programs for Intel in both",
      () => ({ darwin: machO("amd64") }),
      "host_file_needs_rosetta",
      { paths: "“/darwin/lens”", platforms: "linux/arm64" },
    ],
    [
      "Windows programs for arm64 in both",
      () => ({ windows: pe("arm64") }),
      "executable_other_machine",
      { paths: "“/windows/lens.exe”", platforms: "linux/amd64" },
    ],
    [
      "a Linux program for macOS",
      (architecture) => ({ darwin: elf(architecture) }),
      "host_file_other_system",
      { os: "darwin", found: "Linux", platforms: "linux/amd64, linux/arm64" },
    ],
    [
      "a macOS program for Windows",
      () => ({ windows: universal(["amd64", "arm64"]) }),
      "host_file_other_system",
      { os: "windows", found: "macOS" },
    ],
    [
      "a Windows program for Linux",
      (architecture) => ({ linux: pe(architecture) }),
      "host_file_other_system",
      { os: "linux", found: "Windows" },
    ],
  ])("%s", async (_name, change, code, evidence) => {
    expect(await findingsOf(image(change))).toMatchObject([{ code, evidence }]);
  });

  test("three hundred programs for another machine are one finding", async () => {
    const paths = Array.from({ length: 300 }, (_, at) => `/linux/tool${at}`);
    const found = await findingsOf({
      metadata: host({ linux: paths }),
      entries: (architecture) => [
        file("arch", architecture),
        ...paths.map((path) => file(path.slice(1), elf("amd64"))),
      ],
    });
    expect(found).toMatchObject([{ code: "executable_other_machine", evidence: { count: 300 } }]);
  });
});
