import { describe, expect, test } from "vitest";
import { readCapabilities } from "@/lib/extension/capabilities/capabilities";
import { namedCapabilities } from "@/lib/extension/capabilities/named-capabilities";
import { readLabels } from "@/lib/extension/labels/labels";
import { parseMetadata } from "@/lib/extension/metadata/metadata";

type Lists = Record<string, string[]>;

/** metadata.json with one object of `host.binaries` per argument. */
function parse(...objects: Lists[]) {
  const binaries = objects.map((lists) =>
    Object.fromEntries(Object.entries(lists).map(([os, paths]) => [os, paths.map((path) => ({ path }))])),
  );
  const text = JSON.stringify({ icon: "i.svg", host: { binaries } });
  const { document, findings } = parseMetadata(new TextEncoder().encode(text));
  if (document === undefined) throw new Error("not parsed");
  const of = (code: string) => findings.filter((finding) => finding.code === code);
  return { document, of };
}

const numbered = (count: number, path: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => path(at));

describe("hundreds of host files with the same mistake are one finding and a few unknown parts", () => {
  test.each([30, 300])("%i folders", (count) => {
    const { document, of } = parse(
      { windows: ["/windows/lens.exe", ...numbered(count, (at) => `/windows/lib/p${at}/`)], linux: ["l"] },
      { windows: ["more/"], darwin: ["/darwin/lib/"] },
    );
    expect(of("host_file_is_folder")).toHaveLength(1);
    const [finding] = of("host_file_is_folder");
    expect(finding?.evidence).toEqual({
      count: count + 2,
      paths: "“/windows/lib/p0/”, “/windows/lib/p1/”, “/windows/lib/p2/”",
    });
    expect(finding?.message).toContain(`${count + 2} folders`);
    expect(of("metadata_path_invalid")).toEqual([]);
    expect(document.notUnderstood).toEqual([
      `host.binaries[].windows (${count + 1} folders)`,
      "host.binaries[1].darwin[0]",
    ]);
    expect(document.hostBinaries).toContainEqual({ os: "windows", path: "/windows/lib/p0/" });
  });

  test("paths with backslashes get the path to write", () => {
    const { document, of } = parse({ windows: numbered(40, (at) => `\\windows\\tool${at}.exe`) });
    expect(of("metadata_path_invalid")).toMatchObject([
      {
        message:
          "“host.binaries[0].windows[0].path” is “\\windows\\tool0.exe”, which has backslashes. Gantry ignored it. So are 39 more in host.binaries.",
        suggestion: "Use forward slashes, also for Windows files: /windows/tool0.exe",
        evidence: { count: 40 },
      },
    ]);
    expect(document.notUnderstood).toEqual(["host.binaries[].windows (40 unusable paths)"]);
  });

  test("paths out of the image and addresses", () => {
    const { document, of } = parse({ linux: ["../../a", "../../b", "https://example.com/tool"] });
    expect(of("metadata_path_escapes")).toMatchObject([{ evidence: { value: "../../a", count: 2 } }]);
    expect(of("metadata_path_not_local")).toMatchObject([
      { evidence: { value: "https://example.com/tool" } },
    ]);
    expect(document.hostBinaries).toEqual([]);
    expect(document.notUnderstood).toEqual([
      "host.binaries[].linux (2 unusable paths)",
      "host.binaries[0].linux[2]",
    ]);
  });
});

test.each([
  ["windows/", "/windows/"],
  ["./windows/.", "/windows/"],
  ["/a/../windows//", "/windows/"],
  ["/", "/"],
  ["/windows/lens.exe", "/windows/lens.exe"],
  ["./windows/../lens.exe", "/lens.exe"],
])("%j is the host path %s", (text, path) => {
  expect(parse({ windows: [text] }).document.hostBinaries).toEqual([{ os: "windows", path }]);
});

test("capabilities call a folder a folder", () => {
  const { document } = parse({ windows: ["lib/", "lens.exe"] });
  const words = namedCapabilities(readCapabilities(document, readLabels({}).labels)).map(
    (each) => each.words,
  );
  expect(words).toContain("the folder /lib/ on Windows hosts");
  expect(words).toContain("the file /lens.exe on Windows hosts");
});

test("an icon that names a folder says so", () => {
  const { findings } = parseMetadata(new TextEncoder().encode('{"icon": "icons/", "ui": {}}'));
  expect(findings.find(({ code }) => code === "metadata_path_invalid")?.message).toContain(
    "names a folder instead of a file",
  );
});
