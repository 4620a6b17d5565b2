import { describe, expect, test } from "vitest";
import { parseMetadata } from "@/lib/extension/metadata/metadata";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";

/** The shapes of metadata.json that are in use or in other readers' tests, with names of our own. */

const OWN = "$" + "{DESKTOP_PLUGIN_IMAGE}";
const tab = (changes: object = {}) => ({
  "dashboard-tab": { title: "Lens", root: "/ui", src: "index.html", ...changes },
});
const socket = (name = "lens.sock") => ({ backend: { socket: name } });
const compose = (name?: string) => ({
  composefile: "docker-compose.yaml",
  ...(name === undefined ? {} : { exposes: { socket: name } }),
});
/** One object with these numbers of files for each OS. */
const binaries = (darwin: number, windows: number, linux: number, folder = "darwin") => {
  const list = (os: string, count: number, end = "") =>
    count === 0
      ? {}
      : {
          [os === folder ? "darwin" : os]: Array.from({ length: count }, (_, at) => ({
            path: `/${os}/tool${at}${end}`,
          })),
        };
  return {
    binaries: [{ ...list(folder, darwin), ...list("windows", windows, ".exe"), ...list("linux", linux) }],
  };
};

type Shape = { sections: string; files?: number; codes?: string[] };

const EXAMPLES: [name: string, document: object, shape: Shape][] = [
  ["1 a tab and no icon", { ui: tab() }, { sections: "ui", codes: ["metadata_icon_missing"] }],
  [
    "2 its own image as backend, no icon",
    { vm: { image: OWN }, ui: tab() },
    { sections: "ui vm", codes: ["metadata_icon_missing"] },
  ],
  [
    "3 a compose file and one socket in both places",
    { icon: "lens.svg", vm: compose("lens.sock"), ui: tab(socket()) },
    { sections: "ui vm" },
  ],
  [
    "4 a tab and one tool per OS",
    { icon: "lens.svg", ui: tab(), host: binaries(1, 1, 1) },
    { sections: "ui host", files: 3 },
  ],
  [
    "5 a socket although there is no vm",
    { icon: "lens.svg", ui: tab(socket()) },
    { sections: "ui", codes: ["metadata_socket_without_backend"] },
  ],
  [
    "6 folders that say amd64, while the file differs per image",
    {
      icon: "lens.svg",
      vm: compose("lens.sock"),
      ui: tab(socket()),
      host: {
        binaries: [
          {
            darwin: [{ path: "/darwin-amd64/lens" }],
            windows: [{ path: "/windows-amd64/lens.exe" }],
            linux: [{ path: "/linux-amd64/lens" }],
          },
        ],
      },
    },
    { sections: "ui vm host", files: 3, codes: ["host_binaries_one_architecture"] },
  ],
  [
    "7 obsolete name and provider, a query in src, a TCP backend",
    {
      name: "Lens",
      provider: "Acme",
      icon: "lens.svg",
      vm: compose(),
      ui: tab({ src: "index.html?v0.4.0", backend: { tcp: "9000" } }),
    },
    { sections: "ui vm", codes: ["metadata_obsolete_key", "metadata_unknown_field"] },
  ],
  [
    "8 obsolete name and provider, an old socket name",
    {
      name: "Lens",
      provider: "Acme",
      icon: "lens.svg",
      vm: compose("plugin-lens.sock"),
      ui: tab(socket("plugin-lens.sock")),
    },
    { sections: "ui vm", codes: ["metadata_obsolete_key"] },
  ],
  [
    "9 host files only, from a folder called mac",
    { name: "Lens", provider: "Acme", icon: "lens.svg", ui: tab(), host: binaries(1, 1, 1, "mac") },
    { sections: "ui host", files: 3, codes: ["metadata_obsolete_key"] },
  ],
  [
    "10 host files as name and command, and a key of its own",
    {
      icon: "lens.svg",
      ui: tab(),
      host: { binaries: [{ name: "lens", cmd: ["lens"] }] },
      capabilities: ["x"],
    },
    { sections: "ui", codes: ["metadata_unknown_field", "metadata_unknown_key"] },
  ],
  [
    "11 a PNG icon and an empty list of host files",
    { icon: "lens.png", ui: tab(), host: { binaries: [] } },
    { sections: "ui" },
  ],
  [
    "12 no files for Linux",
    { icon: "lens.svg", ui: tab(), host: binaries(1, 1, 0) },
    { sections: "ui host", files: 2, codes: ["host_binaries_missing_os"] },
  ],
  [
    "13 another root, two files per OS, a socket without vm",
    { icon: "lens.svg", ui: tab({ root: "/client", ...socket() }), host: binaries(2, 2, 2) },
    { sections: "ui host", files: 6, codes: ["metadata_socket_without_backend"] },
  ],
  [
    "14 a socket in the tab, and a vm that exposes none",
    { icon: "lens.svg", vm: compose(), ui: tab(socket()) },
    { sections: "ui vm", codes: ["metadata_socket_without_backend"] },
  ],
  [
    "15 a socket that only the vm exposes",
    { icon: "lens.svg", vm: compose("lens.sock"), ui: tab() },
    { sections: "ui vm" },
  ],
  ["16 src with a slash", { icon: "lens.svg", ui: tab({ src: "/index.html" }) }, { sections: "ui" }],
  [
    "17 an .ico below the root of the tab",
    { icon: "/ui/favicon.ico", ui: tab({ root: "ui" }) },
    { sections: "ui" },
  ],
  [
    "18 eight objects, one for Windows alone, and files that are no programs",
    {
      icon: "lens.svg",
      vm: compose("lens.sock"),
      ui: tab(),
      host: {
        binaries: [
          ...Array.from({ length: 7 }, (_, at) => ({
            darwin: [{ path: `/files/${at}.properties` }],
            windows: [{ path: `/files/${at}.properties` }],
            linux: [{ path: `/files/${at}.properties` }],
          })),
          { windows: [{ path: "/windows/lens.exe" }] },
        ],
      },
    },
    { sections: "ui vm host", files: 22 },
  ],
  [
    "19 files for both architectures side by side, and capitals in the socket",
    {
      icon: "lens.svg",
      vm: compose("Lens.sock"),
      ui: tab(),
      host: {
        binaries: [
          {
            darwin: [{ path: "/d/lens-amd" }, { path: "/d/lens-arm" }, { path: "/d/run.sh" }],
            windows: [{ path: "/w/lens.exe" }],
            linux: [{ path: "/l/lens" }],
          },
        ],
      },
    },
    { sections: "ui vm host", files: 5 },
  ],
  [
    "20 different numbers of files per OS",
    { icon: "lens.svg", ui: tab(), host: binaries(2, 4, 2) },
    { sections: "ui host", files: 8 },
  ],
  [
    "21 five files per OS",
    { icon: "lens.svg", vm: compose("lens.sock"), ui: tab(), host: binaries(5, 5, 5) },
    { sections: "ui vm host", files: 15 },
  ],
  [
    "22 three tools per OS, no vm",
    { icon: "lens.svg", ui: tab(), host: binaries(3, 3, 3) },
    { sections: "ui host", files: 9 },
  ],
  [
    "23 a vm with a socket and two tools per OS",
    { icon: "lens.svg", vm: compose("lens.sock"), ui: tab(), host: binaries(2, 2, 2) },
    { sections: "ui vm host", files: 6 },
  ],
  [
    "24 keys for Rancher Desktop, and files for Linux alone",
    {
      icon: "lens.svg",
      ui: tab(),
      host: {
        ...binaries(0, 0, 2),
        "x-rd-install": { linux: ["/linux/up"] },
        "x-rd-uninstall": "down",
        "x-rd-shutdown": ["stop"],
      },
    },
    {
      sections: "ui host",
      files: 2,
      codes: ["host_binaries_missing_os", "host_binaries_without_windows", "metadata_rancher_key"],
    },
  ],
  [
    "25 two wrappers per OS, no socket",
    { icon: "lens.svg", vm: compose(), ui: tab(), host: binaries(2, 2, 2) },
    { sections: "ui vm host", files: 6 },
  ],
  ["26 an icon and nothing else", { icon: "lens.svg" }, { sections: "", codes: ["metadata_no_section"] }],
  [
    "27 everything",
    { icon: "lens.svg", ui: tab(socket()), vm: compose("lens.sock"), host: binaries(1, 1, 1) },
    { sections: "ui vm host", files: 3 },
  ],
  [
    "28 another image and a key of another reader",
    { icon: "lens.svg", vm: { image: "acme/lens-backend" }, info: {} },
    { sections: "vm", codes: ["metadata_unknown_key"] },
  ],
  ["29 no icon", { ui: tab() }, { sections: "ui", codes: ["metadata_icon_missing"] }],
];

function sectionsOf(document: Metadata): string {
  const present = [
    ["ui", document.ui !== null],
    ["vm", document.vm !== null],
    ["host", document.hostBinaries.length > 0],
  ] as const;
  return present.flatMap(([name, is]) => (is ? [name] : [])).join(" ");
}

describe("metadata.json as extensions in use have it", () => {
  test.each(EXAMPLES)("%s", (_name, written, { sections, files = 0, codes = [] }) => {
    const { document, findings } = parseMetadata(new TextEncoder().encode(JSON.stringify(written)));
    if (document === undefined) throw new Error("It is an object, so it is read.");
    expect(sectionsOf(document)).toBe(sections);
    expect(document.hostBinaries).toHaveLength(files);
    expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual(codes);
    for (const { severity } of findings) expect(severity).not.toBe("error");
  });
});

describe("a key that is a slip", () => {
  test.each([
    [{ icon: "i", hots: {} }, "host"],
    [{ icon: "i", UI: {} }, "ui"],
    [{ icon: "i", icons: "x" }, "icon"],
    [{ icon: "i", composefile: "x" }, "vm.composefile"],
    [{ icon: "i", binaries: [] }, "host.binaries"],
    [{ icon: "i", ui: tab({ titel: "x" }) }, "ui.dashboard-tab.title"],
    [{ icon: "i", vm: { composeFile: "x", image: "a/b" } }, "vm.composefile"],
    [{ icon: "i", host: { binary: [] } }, null],
    [{ icon: "i", capabilities: [] }, null],
  ])("in %j means %s", (written, meant) => {
    const { findings } = parseMetadata(new TextEncoder().encode(JSON.stringify(written)));
    const found = findings.find(
      ({ code }) => code === "metadata_unknown_key" || code === "metadata_unknown_field",
    );
    expect(found?.evidence.meant).toBe(meant);
    if (meant !== null) expect(found?.suggestion).toContain(`Did you mean “${meant}”?`);
  });
});
