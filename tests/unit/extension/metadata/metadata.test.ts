import { describe, expect, test } from "vitest";
import { findingRule } from "@/lib/extension/findings/finding-codes";
import { parseMetadata } from "@/lib/extension/metadata/metadata";
import fc from "@/tests/builders/fast-check";

/** The image name that stands for the extension's own image. */
const OWN_IMAGE = "$" + "{DESKTOP_PLUGIN_IMAGE}";
const TAB = { title: "Disk Lens", root: "ui", src: "index.html" };
const UI = { "dashboard-tab": TAB };

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function parse(document: unknown) {
  return parseMetadata(bytes(JSON.stringify(document)));
}

function codes(document: unknown): string[] {
  return parse(document).findings.map(({ code }) => code);
}

const EMPTY = { icon: null, ui: null, vm: null, hostBinaries: [], notUnderstood: [] };
const READ_TAB = { title: "Disk Lens", root: "/ui", src: "index.html", backendSocket: null };
const file = (os: string, path: string) => ({ os, path });

describe("the shapes that extensions in use have", () => {
  const cases: [string, unknown, object, string[]][] = [
    ["only a tab", { ui: UI }, { ui: READ_TAB }, ["metadata_icon_missing"]],
    [
      "own image as backend",
      { vm: { image: OWN_IMAGE }, ui: UI },
      { ui: READ_TAB, vm: { image: OWN_IMAGE, composefile: null, exposesSocket: null } },
      ["metadata_icon_missing"],
    ],
    [
      "compose file, both sockets the same",
      {
        icon: "lens.svg",
        vm: { composefile: "docker-compose.yaml", exposes: { socket: "lens.sock" } },
        ui: { "dashboard-tab": { ...TAB, backend: { socket: "lens.sock" } } },
      },
      {
        icon: "/lens.svg",
        ui: { ...READ_TAB, backendSocket: "lens.sock" },
        vm: { image: null, composefile: "/docker-compose.yaml", exposesSocket: "lens.sock" },
      },
      [],
    ],
    [
      "one tool per operating system",
      {
        icon: "k.svg",
        ui: UI,
        host: {
          binaries: [
            {
              darwin: [{ path: "/darwin/kubectl" }],
              linux: [{ path: "/linux/kubectl" }],
              windows: [{ path: "/windows/kubectl.exe" }],
            },
          ],
        },
      },
      {
        icon: "/k.svg",
        ui: READ_TAB,
        hostBinaries: [
          file("darwin", "/darwin/kubectl"),
          file("windows", "/windows/kubectl.exe"),
          file("linux", "/linux/kubectl"),
        ],
      },
      [],
    ],
    [
      "a backend socket without a backend",
      { icon: "o.svg", ui: { "dashboard-tab": { ...TAB, backend: { socket: "oauth.sock" } } } },
      { icon: "/o.svg", ui: { ...READ_TAB, backendSocket: "oauth.sock" } },
      ["metadata_socket_without_backend"],
    ],
    [
      "a backend socket that vm does not expose",
      {
        icon: "a.svg",
        vm: { composefile: "c.yaml" },
        ui: { "dashboard-tab": { ...TAB, backend: { socket: "a.sock" } } },
      },
      {
        icon: "/a.svg",
        ui: { ...READ_TAB, backendSocket: "a.sock" },
        vm: { image: null, composefile: "/c.yaml", exposesSocket: null },
      },
      ["metadata_socket_without_backend"],
    ],
    [
      "a socket exposed without a backend in the tab",
      { icon: "k.svg", vm: { composefile: "c.yaml", exposes: { socket: "K_1.sock" } }, ui: UI },
      {
        icon: "/k.svg",
        ui: READ_TAB,
        vm: { image: null, composefile: "/c.yaml", exposesSocket: "K_1.sock" },
      },
      [],
    ],
    [
      "obsolete name and provider, query in src, tcp backend",
      {
        name: "Lens",
        provider: "Acme",
        icon: "p.svg",
        ui: { "dashboard-tab": { ...TAB, src: "index.html?v0.4.0", backend: { tcp: "9000" } } },
      },
      { icon: "/p.svg", ui: READ_TAB, notUnderstood: ["ui.dashboard-tab.backend.tcp"] },
      ["metadata_obsolete_key", "metadata_obsolete_key", "metadata_unknown_field"],
    ],
    [
      "host.binaries of the wrong shape and an unknown root key",
      { icon: "w.svg", ui: UI, capabilities: ["x"], host: { binaries: [{ name: "tool", cmd: "run" }] } },
      {
        icon: "/w.svg",
        ui: READ_TAB,
        notUnderstood: ["capabilities", "host.binaries[0].name", "host.binaries[0].cmd"],
      },
      ["metadata_unknown_key", "metadata_unknown_field", "metadata_unknown_field"],
    ],
    [
      "an empty list of host files",
      { icon: "x.png", ui: UI, host: { binaries: [] } },
      { icon: "/x.png", ui: READ_TAB },
      [],
    ],
    [
      "host files for darwin and windows only",
      {
        icon: "x.svg",
        ui: UI,
        host: { binaries: [{ darwin: [{ path: "a" }], windows: [{ path: "a.exe" }] }] },
      },
      { icon: "/x.svg", ui: READ_TAB, hostBinaries: [file("darwin", "/a"), file("windows", "/a.exe")] },
      ["host_binaries_missing_os"],
    ],
    [
      "two files per operating system, scripts among them",
      {
        icon: "x.svg",
        ui: { "dashboard-tab": { ...TAB, root: "/client" } },
        host: {
          binaries: [
            {
              darwin: [{ path: "/d/tool" }, { path: "/d/run.sh" }],
              linux: [{ path: "/l/tool" }, { path: "/l/run.sh" }],
              windows: [{ path: "/w/tool.exe" }, { path: "/w/run.cmd" }],
            },
          ],
        },
      },
      {
        icon: "/x.svg",
        ui: { ...READ_TAB, root: "/client" },
        hostBinaries: [
          file("darwin", "/d/tool"),
          file("darwin", "/d/run.sh"),
          file("windows", "/w/tool.exe"),
          file("windows", "/w/run.cmd"),
          file("linux", "/l/tool"),
          file("linux", "/l/run.sh"),
        ],
      },
      [],
    ],
    [
      "several objects add up, equal files count once",
      {
        icon: "x.svg",
        ui: UI,
        host: {
          binaries: [
            { windows: [{ path: "/w.exe" }] },
            { darwin: [{ path: "/m" }], linux: [{ path: "m" }], windows: [{ path: "w.exe" }] },
            { darwin: [{ path: "/templates/a.properties" }] },
          ],
        },
      },
      {
        icon: "/x.svg",
        ui: READ_TAB,
        hostBinaries: [
          file("windows", "/w.exe"),
          file("darwin", "/m"),
          file("linux", "/m"),
          file("darwin", "/templates/a.properties"),
        ],
      },
      [],
    ],
    [
      "src with a leading slash, icon inside the ui folder",
      { icon: "/ui/favicon.ico", ui: { "dashboard-tab": { ...TAB, src: "/index.html" } } },
      { icon: "/ui/favicon.ico", ui: READ_TAB },
      [],
    ],
    [
      "host files without windows",
      { icon: "x.svg", ui: UI, host: { binaries: [{ darwin: [{ path: "a" }], linux: [{ path: "a" }] }] } },
      { icon: "/x.svg", ui: READ_TAB, hostBinaries: [file("darwin", "/a"), file("linux", "/a")] },
      ["host_binaries_without_windows"],
    ],
    [
      "Rancher's own commands beside host files",
      {
        icon: "x.svg",
        ui: UI,
        host: {
          binaries: [{ darwin: [{ path: "a" }], linux: [{ path: "a" }], windows: [{ path: "a" }] }],
          "x-rd-install": { linux: ["a", "install"] },
          "x-rd-uninstall": "a",
          "x-rd-shutdown": ["a", "stop"],
        },
      },
      {
        icon: "/x.svg",
        ui: READ_TAB,
        hostBinaries: [file("darwin", "/a"), file("windows", "/a"), file("linux", "/a")],
      },
      ["metadata_rancher_key", "metadata_rancher_key", "metadata_rancher_key"],
    ],
    ["only an icon", { icon: "i.svg" }, { icon: "/i.svg" }, ["metadata_no_section"]],
    [
      "another image as backend and an unknown root key",
      { icon: "i.svg", info: 1, vm: { image: "acme/backend:1" } },
      {
        icon: "/i.svg",
        vm: { image: "acme/backend:1", composefile: null, exposesSocket: null },
        notUnderstood: ["info"],
      },
      ["metadata_unknown_key"],
    ],
    ["nothing at all", {}, {}, ["metadata_icon_missing", "metadata_no_section"]],
  ];

  test.each(cases)("%s", (_name, document, expected, findings) => {
    const parsed = parse(document);
    expect(parsed.document).toEqual({ ...EMPTY, ...expected });
    expect(parsed.findings.map(({ code }) => code)).toEqual(findings);
    expect(parsed.text).toBe(JSON.stringify(document));
  });
});

describe("what is wrong inside the document is named with its place", () => {
  const cases: [string, unknown, string, Record<string, unknown>, string[]][] = [
    [
      "root leaves the image",
      { icon: "i", ui: { "dashboard-tab": { ...TAB, root: "../../etc" } } },
      "metadata_path_escapes",
      { at: "ui.dashboard-tab.root", value: "../../etc" },
      ["ui.dashboard-tab.root"],
    ],
    [
      "src is an address",
      { icon: "i", ui: { "dashboard-tab": { ...TAB, src: "https://evil.example" } } },
      "metadata_path_not_local",
      { at: "ui.dashboard-tab.src" },
      ["ui.dashboard-tab.src"],
    ],
    [
      "src leaves its folder",
      { icon: "i", ui: { "dashboard-tab": { ...TAB, src: "../x.html" } } },
      "metadata_path_escapes",
      { at: "ui.dashboard-tab.src" },
      ["ui.dashboard-tab.src"],
    ],
    ["icon leaves the image", { icon: "../i.svg", ui: UI }, "metadata_path_escapes", { at: "icon" }, []],
    ["icon is no text", { icon: 7, ui: UI }, "metadata_wrong_shape", { at: "icon", found: "a number" }, []],
    [
      "compose file is absolute",
      { icon: "i", vm: { composefile: "/c.yaml" } },
      "metadata_composefile_absolute",
      { value: "/c.yaml" },
      [],
    ],
    [
      "both image and compose file",
      { icon: "i", vm: { image: "a/b", composefile: "c.yaml" } },
      "metadata_vm_ambiguous",
      {},
      [],
    ],
    [
      "neither image nor compose file",
      { icon: "i", vm: { exposes: { socket: "a.sock" } } },
      "metadata_vm_incomplete",
      {},
      [],
    ],
    ["ui is a list", { icon: "i", ui: [TAB] }, "metadata_wrong_shape", { at: "ui", found: "a list" }, ["ui"]],
    ["vm is text", { icon: "i", vm: "acme/x" }, "metadata_wrong_shape", { at: "vm", found: "text" }, ["vm"]],
    [
      "host is null",
      { icon: "i", host: null },
      "metadata_wrong_shape",
      { at: "host", found: "null" },
      ["host"],
    ],
    [
      "host.binaries is an object",
      { icon: "i", host: { binaries: { darwin: [] } } },
      "metadata_wrong_shape",
      { at: "host.binaries", found: "an object" },
      ["host.binaries"],
    ],
    [
      "a list per system holds plain text",
      { icon: "i", host: { binaries: [{ darwin: ["/a"] }] } },
      "metadata_wrong_shape",
      { at: "host.binaries[0].darwin[0]" },
      ["host.binaries[0].darwin[0]"],
    ],
    [
      "no list per system",
      { icon: "i", host: { binaries: [{ darwin: { path: "/a" } }] } },
      "metadata_wrong_shape",
      { at: "host.binaries[0].darwin" },
      ["host.binaries[0].darwin"],
    ],
    [
      "Rancher's command without host files",
      { icon: "i", ui: UI, host: { "x-rd-install": "sh" } },
      "metadata_rancher_key",
      { at: "host.x-rd-install" },
      ["host.x-rd-install"],
    ],
    [
      "unknown field in vm",
      { icon: "i", vm: { image: "a/b", privileged: true } },
      "metadata_unknown_field",
      { at: "vm.privileged" },
      ["vm.privileged"],
    ],
    [
      "another extension point",
      { icon: "i", ui: { ...UI, sidebar: {} } },
      "metadata_unknown_field",
      { at: "ui.sidebar" },
      ["ui.sidebar"],
    ],
    [
      "a section in capitals",
      { icon: "i", ui: UI, HOST: { binaries: [] } },
      "metadata_unknown_key",
      { at: "HOST" },
      ["HOST"],
    ],
    [
      "no tab",
      { icon: "i", ui: {} },
      "metadata_ui_incomplete",
      { at: "ui.dashboard-tab", state: "missing" },
      [],
    ],
    [
      "no title",
      { icon: "i", ui: { "dashboard-tab": { root: "/ui", src: "i.html" } } },
      "metadata_ui_incomplete",
      { at: "ui.dashboard-tab.title", state: "missing" },
      [],
    ],
    [
      "blank src",
      { icon: "i", ui: { "dashboard-tab": { ...TAB, src: " " } } },
      "metadata_ui_incomplete",
      { at: "ui.dashboard-tab.src", state: "empty" },
      [],
    ],
    [
      "a socket in another folder",
      { icon: "i", vm: { image: "a/b", exposes: { socket: "../../docker.sock" } } },
      "metadata_socket_invalid",
      { at: "vm.exposes.socket" },
      ["vm.exposes.socket"],
    ],
    [
      "text with a line break",
      { icon: "i", vm: { image: "a/b\nprivileged: true" } },
      "metadata_wrong_shape",
      { at: "vm.image" },
      ["vm.image"],
    ],
    [
      "text with a hidden character",
      { icon: "i", ui: { "dashboard-tab": { ...TAB, title: "a\u202eb" } } },
      "metadata_wrong_shape",
      { at: "ui.dashboard-tab.title" },
      ["ui.dashboard-tab.title"],
    ],
  ];

  test.each(cases)("%s", (_name, document, code, evidence, notUnderstood) => {
    const parsed = parse(document);
    expect(parsed.findings).toContainEqual(
      expect.objectContaining({ code, evidence: expect.objectContaining(evidence) }),
    );
    expect(parsed.document?.notUnderstood).toEqual(notUnderstood);
  });

  test("a tab without a usable page is an error, an icon that is an address only a warning", () => {
    const errors = (document: unknown) =>
      parse(document).findings.filter(({ severity }) => severity === "error");
    expect(errors({ icon: "https://example.com/i.svg", ui: UI })).toEqual([]);
    expect(
      errors({ icon: "i", ui: { "dashboard-tab": { ...TAB, src: "https://example.com" } } }),
    ).toMatchObject([
      { code: "metadata_ui_incomplete", evidence: { at: "ui.dashboard-tab.src", state: "not usable" } },
    ]);
  });

  test("a host file outside the image is not taken over and stays visible as not understood", () => {
    const { document, findings } = parse({
      icon: "i",
      host: { binaries: [{ windows: [{ path: "/../../x" }, { path: "/ok.exe" }] }] },
    });
    expect(document?.hostBinaries).toEqual([file("windows", "/ok.exe")]);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: "metadata_path_escapes", severity: "error" }),
    );
    expect(document?.notUnderstood).toContain("host.binaries[0].windows[0]");
  });

  test("different sockets in tab and backend are reported", () => {
    expect(
      codes({
        icon: "i",
        vm: { image: "a/b", exposes: { socket: "a.sock" } },
        ui: { "dashboard-tab": { ...TAB, backend: { socket: "b.sock" } } },
      }),
    ).toEqual(["metadata_socket_mismatch"]);
  });

  /** Go's JSON reader takes them for the known ones, and the last of them counts. */
  test.each([
    '"Icon": "evil.svg"',
    '"UI": {}',
    '"ui": {"Dashboard-Tab": {}}',
    '"ui": {"dashboard-tab": {"title": "a", "root": "b", "src": "c", "Root": "evil"}}',
    '"ui": {"dashboard-tab": {"title": "a", "root": "b", "src": "c", "\u017frc": "evil"}}',
    '"ui": {"dashboard-tab": {"title": "a", "root": "b", "src": "c", "backend": {"Socket": "evil"}}}',
    '"VM": {"image": "evil"}',
    '"vm": {"image": "a/b", "Image": "evil"}',
    '"vm": {"image": "a/b", "composeFile": "evil.yaml"}',
    '"vm": {"image": "a/b", "exposes": {"socket": "a", "Socket": "b"}}',
    '"HOST": {"binaries": []}',
    '"host": {"binaries": [], "Binaries": [{"linux": [{"path": "/evil"}]}]}',
    '"host": {"binaries": [{"Linux": [{"path": "/evil"}]}]}',
    '"host": {"binaries": [{"linux": [{"path": "/a", "Path": "/evil"}]}]}',
  ])("the known keys in other letters are outside every approval: %s", (section) => {
    const { document } = parseMetadata(bytes(`{"icon": "i", ${section}}`));
    expect(document?.notUnderstood).toHaveLength(1);
  });

  test("keys that mean something to JavaScript are unknown keys", () => {
    const { document, findings } = parseMetadata(
      bytes('{"icon": "i", "__proto__": {"ui": {}}, "constructor": {"prototype": {"x": 1}}}'),
    );
    expect(findings.map(({ evidence }) => evidence.at)).toEqual(["__proto__", "constructor", undefined]);
    expect(document?.ui).toBeNull();
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  test("a hundred thousand unknown keys and host files give a bounded answer that says so", () => {
    const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, 0]));
    const { document, findings } = parse({
      icon: "i",
      ...keys,
      host: { binaries: [{ linux: Array.from({ length: 5000 }, (_, i) => ({ path: `/${i}` })) }] },
    });
    expect(document?.hostBinaries).toHaveLength(1000);
    expect(document?.notUnderstood).toHaveLength(100);
    expect(findings.filter(({ code }) => code === "metadata_unknown_key")).toHaveLength(20);
    expect(findings.findLast(({ code }) => code === "metadata_unknown_key")?.evidence.more).toBe(49_980);
    const tooLong = findings.find(({ code }) => code === "metadata_list_too_long");
    expect(tooLong?.message).toContain("has 5000 items");
    expect(tooLong && findingRule(tooLong.code).needsPerson).toBe(true);
  });
});

describe("what is no metadata.json at all has one error and no document", () => {
  const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
  const cases: [string, Uint8Array, string, Record<string, unknown>][] = [
    ["an empty file", bytes(""), "metadata_invalid", { line: 1, column: 1 }],
    ["a trailing comma", bytes('{\n  "icon": "i",\n}'), "metadata_invalid", { line: 3, column: 1 }],
    ["a comment", bytes('{ // icon\n"icon": "i" }'), "metadata_invalid", { line: 1, column: 3 }],
    ["NaN", bytes('{"icon": NaN}'), "metadata_invalid", { line: 1, column: 10 }],
    ["YAML", bytes("icon: i.svg\n"), "metadata_invalid", { line: 1, column: 1 }],
    ["HTML", bytes("<!doctype html>"), "metadata_invalid", {}],
    ["a list", bytes("[]"), "metadata_not_an_object", { found: "an empty list" }],
    ["text", bytes('"x"'), "metadata_not_an_object", { found: "text" }],
    ["null", bytes("null"), "metadata_not_an_object", { found: "null" }],
    ["a number", bytes("1"), "metadata_not_an_object", { found: "a number" }],
    [
      "UTF-16 with its mark",
      utf16('\ufeff{"icon": "i"}'),
      "metadata_encoding",
      { found: "UTF-16, little-endian" },
    ],
    [
      "UTF-16 without its mark",
      utf16('{"icon": "i"}'),
      "metadata_encoding",
      { found: "UTF-16, little-endian" },
    ],
    [
      "UTF-16, big-endian",
      utf16('{"icon": "i"}').map((_, i, all) => all[i ^ 1] ?? 0),
      "metadata_encoding",
      { found: "UTF-16, big-endian" },
    ],
    ["Latin-1", new Uint8Array([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]), "metadata_encoding", {}],
    [
      "more than 64 levels",
      bytes(`{"ui": ${"[".repeat(64)}${"]".repeat(64)}}`),
      "metadata_too_deep",
      { limit: 64 },
    ],
    [
      "one byte more than 1 MiB",
      new Uint8Array(1024 * 1024 + 1).fill(0x20),
      "metadata_too_large",
      { limitBytes: 1_048_576 },
    ],
  ];

  test.each(cases)("%s", (_name, content, code, evidence) => {
    const { document, findings } = parseMetadata(content);
    expect(document).toBeUndefined();
    expect(findings).toMatchObject([{ code, severity: "error", outcome: "failed", evidence }]);
  });

  test("a byte order mark is reported and the document read all the same", () => {
    const { document, text, findings } = parseMetadata(
      bytes('\ufeff{"icon": "i", "ui": {"dashboard-tab": {"title": "T", "root": "u", "src": "i"}}}'),
    );
    expect(document?.icon).toBe("/i");
    expect(text.startsWith("\ufeff")).toBe(true);
    expect(findings).toMatchObject([{ code: "metadata_bom", severity: "warning" }]);
  });

  test("1 MiB and 64 levels are still read", () => {
    const start = '{"icon": "i", "ui": ';
    const deep = `${start}${"[".repeat(63)}${"]".repeat(63)}}`;
    expect(parseMetadata(bytes(deep)).document).toBeDefined();
    expect(parseMetadata(bytes(deep.padEnd(1024 * 1024))).document).toBeDefined();
  });

  test.each<[text: string, at: string, meant: string]>([
    ['{"Host":{}}', "Host", "host"],
    ['{"ho\u017ft":{}}', "ho\u017ft", "host"],
    ['{"host":{"BINARIES":[]}}', "host.BINARIES", "host.binaries"],
    ['{"host":{"binaries":[{"Linux":[]}]}}', "host.binaries[0].Linux", "host.binaries[0].linux"],
    [
      '{"host":{"binaries":[{"linux":[{"Path":"/x"}]}]}}',
      "host.binaries[0].linux[0].Path",
      "host.binaries[0].linux[0].path",
    ],
    ['{"vm":{"ComposeFile":"a.yaml"}}', "vm.ComposeFile", "vm.composefile"],
    ['{"vm":{"exposes":{"\u017focket":"a"}}}', "vm.exposes.\u017focket", "vm.exposes.socket"],
    ['{"ui":{"Dashboard-Tab":{}}}', "ui.Dashboard-Tab", "ui.dashboard-tab"],
    [
      '{"ui":{"dashboard-tab":{"bac\u212aend":{}}}}',
      "ui.dashboard-tab.bac\u212aend",
      "ui.dashboard-tab.backend",
    ],
  ])("%s holds a key that Go takes for another one", (text, at, meant) => {
    const { findings } = parseMetadata(Buffer.from(text));
    expect(findings).toContainEqual(
      expect.objectContaining({ code: "metadata_ambiguous_key", evidence: { at, meant } }),
    );
  });

  test.each<[name: string, bytes: Uint8Array]>([
    ["bytes that are not UTF-8", Buffer.from('{"icon":"\xff"}', "latin1")],
    ["something after the document", Buffer.from("{} {}")],
    ["more levels than are read", Buffer.from(`{"x":${"[".repeat(64)}${"]".repeat(64)}}`)],
    ["more bytes than are read", Buffer.alloc(2 ** 20 + 1, " ")],
    ["null", Buffer.from("null")],
  ])("%s: another reader may go on, so that a person must look", (_name, bytes) => {
    const { document, findings } = parseMetadata(bytes);
    expect(document).toBeUndefined();
    expect(findings.some(({ code }) => findingRule(code).needsPerson)).toBe(true);
  });

  test("a duplicate key is reported and the last one counts", () => {
    const { document, findings } = parseMetadata(
      bytes('{"icon": "a", "vm": {"image": "x/a"}, "vm": {"image": "x/b"}}'),
    );
    expect(document?.vm?.image).toBe("x/b");
    expect(findings).toMatchObject([{ code: "metadata_duplicate_key", evidence: { at: "vm" } }]);
  });
});

describe("whatever the bytes are", () => {
  test("reading returns, and every path it gives stays in the image", () => {
    const leaf = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("../x", "/ui", "a/../..", "https://x", "i.svg"),
      fc.integer(),
      fc.constant(null),
    );
    const paths = fc.array(fc.record({ path: leaf }), { maxLength: 3 });
    const document = fc.record(
      {
        icon: leaf,
        ui: fc.oneof(
          leaf,
          fc.record({
            "dashboard-tab": fc.record(
              { title: leaf, root: leaf, src: leaf, backend: fc.record({ socket: leaf }) },
              { requiredKeys: [] },
            ),
          }),
        ),
        vm: fc.oneof(
          leaf,
          fc.record(
            { image: leaf, composefile: leaf, exposes: fc.record({ socket: leaf }) },
            { requiredKeys: [] },
          ),
        ),
        host: fc.oneof(
          leaf,
          fc.record({
            binaries: fc.oneof(
              leaf,
              fc.array(
                fc.record(
                  { darwin: paths, windows: paths, linux: fc.oneof(leaf, paths) },
                  { requiredKeys: [] },
                ),
              ),
            ),
          }),
        ),
        extra: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(document, (value) => {
        const { document: read } = parse(value);
        const found = [
          read?.icon,
          read?.ui?.root,
          read?.vm?.composefile,
          ...(read?.hostBinaries ?? []).map(({ path }) => path),
        ];
        for (const path of found) if (path) expect(path).toMatch(/^\/(?!.*(^|\/)\.\.(\/|$))/);
        expect(read?.ui?.src ?? "x").not.toMatch(/^\/|^[a-z]+:|(^|\/)\.\.(\/|$)/);
      }),
      { numRuns: 600 },
    );
  });

  test("random and cut bytes are answered with findings, never an exception", () => {
    const good = JSON.stringify({
      icon: "i",
      ui: UI,
      vm: { image: OWN_IMAGE },
      host: { binaries: [{ linux: [{ path: "/a" }] }] },
    });
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.nat({ max: good.length }).map((end) => bytes(good.slice(0, end))),
      fc
        .tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }))
        .map(([at, byte]) => bytes(good).with(at, byte)),
    );
    fc.assert(
      fc.property(content, (raw) => {
        const { document, findings } = parseMetadata(raw);
        if (document === undefined) expect(findings.some(({ severity }) => severity === "error")).toBe(true);
      }),
      { numRuns: 800 },
    );
  });
});
