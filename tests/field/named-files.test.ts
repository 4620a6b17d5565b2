import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  file,
  host,
  type NamedFilesImage,
  namedFilesImage,
  symlink,
} from "@/tests/builders/named-files-image";
import { type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";
import { startServedBench } from "@/tests/support/registries/inspect-served";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench.stop());

const ABOUT_FILES =
  /^(?:ui_page|ui_symbolic|host_file|named_files|icon_missing|compose_file|platform_same|executable|metadata_path)/;

/** The findings about named files, each as severity, code and what its evidence and words say. */
async function findingsOf(image: NamedFilesImage) {
  const { report } = await bench.inspectImage(namedFilesImage(image));
  return report.findings.filter(({ code }) => ABOUT_FILES.test(code));
}

const BOTH = "linux/amd64, linux/arm64";
const HOST_FILES = [file("darwin/lens"), file("linux/lens"), file("windows/lens.exe")];
const ALL_HOSTS = { darwin: ["/darwin/lens"], linux: ["/linux/lens"], windows: ["/windows/lens.exe"] };

describe("all named files are there", () => {
  test.each<[string, NamedFilesImage]>([
    ["page, icon and host files", { metadata: host(ALL_HOSTS), entries: HOST_FILES }],
    [
      "paths without a slash, with ./ and ..",
      {
        metadata: {
          icon: "./disk-lens.svg",
          ui: { "dashboard-tab": { title: "T", root: "ui/", src: "/index.html?v=1#/a" } },
          ...host({ ...ALL_HOSTS, linux: ["./x/../linux/lens"], windows: ["windows//lens.exe"] }),
        },
        entries: HOST_FILES,
      },
    ],
    [
      "links on the way, absolute and relative, in another layer",
      {
        metadata: host(ALL_HOSTS),
        entries: [file("opt/tools/darwin/lens"), file("opt/tools/lens.exe")],
        above: [
          [
            symlink("darwin", "/opt/tools/darwin"),
            symlink("linux", "opt/tools/darwin"),
            symlink("windows/lens.exe", "../opt/tools/lens.exe"),
          ],
        ],
      },
    ],
    [
      "hard links",
      {
        metadata: host(ALL_HOSTS),
        entries: [
          file("darwin/lens"),
          { path: "linux/lens", type: "hardlink", linkTo: "darwin/lens" },
          { path: "windows/lens.exe", type: "hardlink", linkTo: "darwin/lens" },
        ],
      },
    ],
    [
      "names of more than 100 characters",
      {
        metadata: host({ ...ALL_HOSTS, linux: [`/linux/${"long-".repeat(40)}/lens`] }),
        entries: [...HOST_FILES, file(`linux/${"long-".repeat(40)}/lens`)],
      },
    ],
    [
      "a page whose name is percent-encoded",
      {
        metadata: { ui: { "dashboard-tab": { title: "T", root: "/ui", src: "start%20page.html" } } },
        without: ["page"],
        entries: [file("ui/start page.html")],
      },
    ],
    [
      "deleted, then added again above",
      {
        metadata: host(ALL_HOSTS),
        entries: HOST_FILES,
        above: [[file("linux/.wh.lens")], [file("linux/lens")]],
      },
    ],
    ["only in the lowest layer", { metadata: host(ALL_HOSTS), below: [HOST_FILES, [file("etc/passwd")]] }],
  ])("%s: nothing is said", async (_name, image) => {
    expect(await findingsOf(image)).toEqual([]);
  });
});

describe("host files", () => {
  test("the Linux list names a file that lies elsewhere", async () => {
    const metadata = host({ ...ALL_HOSTS, linux: ["/linux/lens", "/windows/lens-helper"] });
    const found = await findingsOf({ metadata, entries: [...HOST_FILES, file("linux/lens-helper")] });
    expect(found).toMatchObject([
      {
        code: "host_files_missing",
        severity: "error",
        evidence: {
          count: 1,
          paths: "“/windows/lens-helper”",
          os: "linux",
          platforms: BOTH,
          similar: "/linux/lens-helper",
        },
      },
    ]);
  });

  test.each<[string, "darwin" | "windows" | "linux", "amd64" | "arm64", string, string]>([
    ["Windows on ARM only", "windows", "arm64", "host_files_missing_on_arm", "warning"],
    ["Linux on ARM only", "linux", "arm64", "host_files_missing_on_arm", "warning"],
    ["Macs with Apple silicon", "darwin", "arm64", "host_files_missing", "error"],
    ["Windows", "windows", "amd64", "host_files_missing", "error"],
    ["Intel Macs", "darwin", "amd64", "host_files_missing", "error"],
  ])("missing for %s", async (_name, os, platform, code, severity) => {
    const path = `${os}/lens${os === "windows" ? ".exe" : ""}`;
    const found = await findingsOf({
      metadata: host(ALL_HOSTS),
      entries: (architecture) => HOST_FILES.filter((one) => one.path !== path || architecture !== platform),
    });
    expect(found).toMatchObject([
      { code, severity, evidence: { paths: `“/${path}”`, os, platforms: `linux/${platform}` } },
    ]);
    expect(found[0]?.message).toContain(`linux/${platform}`);
  });

  test("three hundred missing files are one finding with a count", async () => {
    const linux = Array.from({ length: 300 }, (_, at) => `/linux/tool-${at}`);
    const found = await findingsOf({ metadata: host({ ...ALL_HOSTS, linux }), entries: HOST_FILES });
    expect(found).toMatchObject([{ code: "host_files_missing", evidence: { count: 300, platforms: BOTH } }]);
    expect(found[0]?.message).toContain("300 files");
  });

  test.each<[string, NamedFilesImage]>([
    ["deleted by a layer above", { entries: HOST_FILES, above: [[file("linux/.wh.lens")]] }],
    ["in a folder that is emptied above", { entries: HOST_FILES, above: [[file("linux/.wh..wh..opq")]] }],
    ["in a folder that a file replaces", { entries: HOST_FILES, above: [[file("linux")]] }],
    [
      "a link to nothing",
      { entries: [file("darwin/lens"), file("windows/lens.exe"), symlink("linux/lens", "gone")] },
    ],
    [
      "a device",
      { entries: [file("darwin/lens"), file("windows/lens.exe"), { path: "linux/lens", type: "fifo" }] },
    ],
  ])("%s is missing", async (_name, image) => {
    const found = await findingsOf({ metadata: host(ALL_HOSTS), ...image });
    expect(found).toMatchObject([{ code: "host_files_missing", evidence: { paths: "“/linux/lens”" } }]);
  });

  test.each([30, 300])("%i folders are one finding that says so", async (count) => {
    const folders = Array.from({ length: count }, (_, at) => `/windows/lib/p${at}/`);
    const windows = ["/windows/lens.exe", ...folders];
    const image = {
      metadata: host({ ...ALL_HOSTS, windows }),
      entries: [...HOST_FILES, ...folders.map((folder) => file(`${folder.slice(1)}a.py`))],
    };
    const { report } = await bench.inspectImage(namedFilesImage(image));
    const found = report.findings.filter(({ code }) => ABOUT_FILES.test(code));
    expect(found).toMatchObject([{ code: "host_file_is_folder", severity: "warning", evidence: { count } }]);
    expect(found[0]?.message).toContain("folder");
    expect(report.capabilities.unknown).toHaveLength(1);
  });

  test("a folder without a trailing slash, and a missing folder", async () => {
    const found = await findingsOf({
      metadata: host({ ...ALL_HOSTS, windows: ["/windows", "/lib/"] }),
      entries: HOST_FILES,
    });
    expect(found.map(({ code, evidence }) => [code, evidence.paths, evidence.platforms])).toEqual([
      ["host_file_is_folder", "“/lib/”", undefined],
      ["host_files_missing", "“/lib/”", BOTH],
      ["host_file_is_folder", "“/windows”", BOTH],
    ]);
  });
});

describe("the page of the tab", () => {
  test("it is in a folder below the root", async () => {
    const { report } = await bench.inspectImage(
      namedFilesImage({ without: ["page"], entries: [file("ui/build/index.html")] }),
    );
    const [found] = report.findings.filter(({ severity }) => severity === "error");
    expect(found).toMatchObject({
      code: "ui_page_missing",
      evidence: { path: "/ui/index.html", root: "/ui", platforms: BOTH, similar: "/ui/build/index.html" },
    });
    expect(found?.suggestion).toContain("/ui/build/index.html");
  });

  test.each<[string, NamedFilesImage, Record<string, unknown>]>([
    ["no folder at all", { without: ["page"] }, { why: "the image has no folder /ui" }],
    [
      "a file as root",
      { without: ["page"], entries: [file("ui")] },
      { why: "/ui is a file instead of a folder" },
    ],
    [
      "a folder as page",
      { without: ["page"], entries: [file("ui/index.html/x")] },
      { why: "it is a folder" },
    ],
    [
      "other letters",
      { without: ["page"], entries: [file("ui/Index.html")] },
      { similar: "/ui/Index.html", spelling: true },
    ],
    [
      "other letters in the folder, too",
      { without: ["page"], entries: [file("UI/INDEX.html")] },
      { similar: "/UI/INDEX.html", spelling: true },
    ],
    [
      "another Unicode form",
      {
        metadata: { ui: { "dashboard-tab": { title: "T", root: "/\u00fci", src: "index.html" } } },
        without: ["page"],
        entries: [file("u\u0308i/index.html")],
      },
      { similar: "/u\u0308i/index.html", spelling: true },
    ],
    [
      "for one platform only",
      {
        without: ["page"],
        entries: (architecture) => (architecture === "amd64" ? [file("ui/index.html")] : []),
      },
      { platforms: "linux/arm64" },
    ],
  ])("%s", async (_name, image, evidence) => {
    expect(await findingsOf(image)).toMatchObject([{ code: "ui_page_missing", severity: "error", evidence }]);
  });

  test("wrong case names the right spelling", async () => {
    const [found] = await findingsOf({ without: ["page"], entries: [file("ui/Index.html")] });
    expect(found?.message).toContain("The image has “/ui/Index.html”: upper and lower case");
  });

  test("symbolic links below it are one warning, those that lead outside are counted", async () => {
    const found = await findingsOf({
      entries: [
        file("ui/node_modules/acorn/bin/acorn"),
        symlink("ui/node_modules/.bin/acorn", "../acorn/bin/acorn"),
        symlink("ui/node_modules/.bin/out", "../../../service"),
        symlink("ui/absolute", "/ui/index.html"),
        symlink("elsewhere", "ui/index.html"),
      ],
    });
    expect(found).toMatchObject([
      { code: "ui_symbolic_links", severity: "warning", evidence: { count: 3, outside: 2, platforms: BOTH } },
    ]);
    expect(found[0]?.message).toContain("ui/node_modules/.bin/acorn");
  });

  test("links that a layer above deletes or replaces do not count", async () => {
    const found = await findingsOf({
      below: [[symlink("ui/a", "index.html"), symlink("ui/b", "index.html"), symlink("ui/c/d", "x")]],
      above: [[file("ui/.wh.a"), file("ui/b"), file("ui/.wh.c")]],
    });
    expect(found).toEqual([]);
  });
});

describe("icon and compose file", () => {
  test.each<[string, NamedFilesImage, string, Record<string, unknown>]>([
    ["an icon that is missing", { without: ["icon"] }, "icon_missing_in_layers", { platforms: BOTH }],
    [
      "an icon in other letters",
      { without: ["icon"], entries: [file("Disk-Lens.svg", "<svg/>")] },
      "icon_missing_in_layers",
      { similar: "/Disk-Lens.svg" },
    ],
    [
      "an icon for one platform",
      {
        without: ["icon"],
        entries: (architecture) =>
          architecture === "amd64"
            ? [file("disk-lens.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='24' height='24'/>")]
            : [],
      },
      "icon_missing_in_layers",
      { platforms: "linux/arm64" },
    ],
    [
      "a compose file that is missing",
      { metadata: { vm: { composefile: "compose.yaml" } } },
      "compose_file_missing",
      { path: "/compose.yaml", platforms: BOTH },
    ],
    [
      "a compose file in other letters",
      { metadata: { vm: { composefile: "compose.yaml" } }, entries: [file("Compose.yaml")] },
      "compose_file_missing",
      { similar: "/Compose.yaml", spelling: true },
    ],
  ])("%s", async (_name, image, code, evidence) => {
    expect(await findingsOf(image)).toMatchObject([{ code, evidence: { ...evidence } }]);
  });
});

describe("what Gantry cannot know is not checked, and never missing", () => {
  const missing: NamedFilesImage = {
    metadata: host(ALL_HOSTS),
    entries: [file("darwin/lens")],
    below: [[file("base", Buffer.alloc(3_000_000, "x")), file("windows/lens.exe")]],
  };

  test.each([
    ["layers beyond a limit", { inflatedBytes: 1_000_000 }],
    ["too little time", { namedFilesMs: 0 }],
    ["too many steps", { namedFileSteps: 0 }],
  ])("%s", async (_name, limits) => {
    const { report } = await bench.inspectImage(namedFilesImage(missing), { limits });
    const found = report.findings.filter(({ code }) => ABOUT_FILES.test(code));
    expect(found).toMatchObject([
      { code: "named_files_not_checked", severity: "info", outcome: "not_checked" },
    ]);
    expect(report.metadata?.proof).toBe("full");
  });

  test("more folders in more layers than can be compared", async () => {
    const below = Array.from({ length: 20 }, (_, at) => [file(`${"d/".repeat(20)}${at}`)]);
    const image = namedFilesImage({ metadata: host(ALL_HOSTS), entries: [file("darwin/lens")], below });
    const codesWithin = async (namedFileSteps: number) => {
      const { report } = await bench.inspectImage(image, { limits: { namedFileSteps } });
      return report.findings.map(({ code }) => code).filter((code) => ABOUT_FILES.test(code));
    };
    expect(await codesWithin(1_000)).toEqual(["named_files_not_checked"]);
    expect(await codesWithin(100_000)).toEqual(["host_files_missing"]);
  });

  test("a layer that the registry does not have", async () => {
    const served = await startServedBench();
    try {
      const image = namedFilesImage(missing);
      const lowest = image.blobs.find(({ mediaType }) => mediaType.includes("layer"));
      const blobs = image.blobs.filter(({ digest }) => digest !== lowest?.digest);
      const { report } = await served.inspectImage({ ...image, blobs });
      const found = report.findings.filter(({ code }) => ABOUT_FILES.test(code));
      expect(found).toMatchObject([{ code: "named_files_not_checked", evidence: { platforms: BOTH } }]);
    } finally {
      await served.stop();
    }
  });

  test("files on which unpackers disagree are neither there nor missing", async () => {
    const found = await findingsOf({
      metadata: host(ALL_HOSTS),
      entries: [file("darwin/lens"), file("windows/lens.exe"), file("usr/linux/other")],
      below: [[symlink("linux", "usr/linux")]],
      above: [[file("linux/lens")]],
    });
    expect(found.map(({ code }) => code)).not.toContain("host_files_missing");
  });
});

test("a version whose files are not looked for reads no further layer", async () => {
  const image = namedFilesImage({
    metadata: host(ALL_HOSTS),
    below: [[file("base"), ...HOST_FILES]],
    without: ["page"],
  });
  const left = await bench.inspectImage(image, { namedFiles: "leave_out" });
  const looked = await bench.inspectImage(image);
  expect(left.report.namedFiles).toBe("leave_out");
  expect(left.report.findings.filter(({ code }) => ABOUT_FILES.test(code))).toEqual([]);
  expect(looked.report.cost.requests).toBe(left.report.cost.requests + 1);
});
