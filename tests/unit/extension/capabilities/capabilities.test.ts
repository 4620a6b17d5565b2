import { describe, expect, test } from "vitest";
import { type Capabilities, readCapabilities } from "@/lib/extension/capabilities/capabilities";
import { compareCapabilities, namedCapabilities } from "@/lib/extension/capabilities/named-capabilities";
import { EFFECT_LISTS, noEffects } from "@/lib/extension/compose/container-effects";
import { LABELS } from "@/lib/extension/labels/label-names";
import { readLabels } from "@/lib/extension/labels/labels";
import { parseMetadata } from "@/lib/extension/metadata/metadata";
import { anyCapabilities } from "@/tests/builders/capabilities";
import fc from "@/tests/builders/fast-check";

const NONE: Capabilities = {
  ui: false,
  compose: false,
  ...noEffects(),
  hostBinaries: null,
  accountRequired: false,
  unknown: [],
};

const UI = { "dashboard-tab": { title: "Disk Lens", root: "/ui", src: "index.html" } };

function capabilitiesOf(metadata: unknown, labels: Record<string, string> = {}): Capabilities {
  const { document } = parseMetadata(new TextEncoder().encode(JSON.stringify(metadata)));
  return readCapabilities(document, readLabels(labels).labels);
}

describe("what metadata.json says that the extension does", () => {
  test.each([
    [{ icon: "i", ui: UI }, { ui: true }],
    [{ icon: "i", vm: { image: "acme/backend:1" } }, { backendImages: ["acme/backend:1"] }],
    [
      { icon: "i", vm: { composefile: "c.yaml" } },
      { compose: true, unknown: ["compose file"] },
    ],
    [
      { icon: "i", host: { binaries: [{ darwin: [{ path: "/m" }], windows: [{ path: "/w.exe" }] }] } },
      { hostBinaries: { darwin: ["/m"], windows: ["/w.exe"], linux: [] } },
    ],
    [{ icon: "i", host: { binaries: [] } }, {}],
    [{ icon: "i", host: { binaries: [{ cmd: "run" }] } }, { unknown: ["host.binaries[0].cmd"] }],
    [
      { icon: "i", vm: { image: "a/b", privileged: true } },
      { backendImages: ["a/b"], unknown: ["vm.privileged"] },
    ],
  ])("%j", (metadata, expected) => {
    expect(capabilitiesOf(metadata)).toEqual({ ...NONE, ...expected });
  });

  test("an account is a capability of the labels", () => {
    expect(capabilitiesOf({ icon: "i", ui: UI }, { [LABELS.accountInfo]: "true" }).accountRequired).toBe(
      true,
    );
  });

  test("without metadata.json nothing is known, which is not the same as harmless", () => {
    expect(readCapabilities(undefined, readLabels({}).labels)).toEqual({
      ...NONE,
      unknown: ["metadata.json"],
    });
  });
});

describe("the difference between two versions is told in words", () => {
  test("what is added and what is removed", () => {
    const before = {
      ...NONE,
      ui: true,
      hostPaths: ["/home"],
      hostBinaries: { darwin: ["/a"], windows: [], linux: ["/a"] },
    };
    const after = {
      ...NONE,
      ui: true,
      dockerSocket: true,
      hostPaths: ["/", "/home"],
      hostBinaries: { darwin: ["/a"], windows: ["/a"], linux: [] },
      unknown: ["compose file"],
    };
    expect(compareCapabilities(before, after).map(({ change, key, words }) => [change, key, words])).toEqual([
      ["added", "dockerSocket", "access to the Docker socket"],
      ["added", "hostPaths:/", "the host folder /"],
      ["added", "hostBinaries:windows /a", "the file /a on Windows hosts"],
      ["added", "unknown:compose file", "an unrecognized part: compose file"],
      ["removed", "hostBinaries:linux /a", "the file /a on Linux hosts"],
    ]);
  });

  const texts = fc.array(fc.constantFrom("a", "b", "c", "darwin a"), { maxLength: 3 });
  const capabilities = anyCapabilities(texts);

  test("an extension does not differ from itself, and what one side adds the other removes", () => {
    fc.assert(
      fc.property(capabilities, capabilities, (a, b) => {
        expect(compareCapabilities(a, a)).toEqual([]);
        const keys = (from: Capabilities, to: Capabilities, change: string) =>
          compareCapabilities(from, to)
            .filter((found) => found.change === change)
            .map(({ key }) => key);
        expect(keys(a, b, "added")).toEqual(keys(b, a, "removed"));
        const after = new Set(namedCapabilities(a).map(({ key }) => key));
        for (const key of keys(a, b, "added")) after.add(key);
        for (const key of keys(a, b, "removed")) after.delete(key);
        expect([...after].sort()).toEqual(
          namedCapabilities(b)
            .map(({ key }) => key)
            .sort(),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("every part of the capabilities can be told: setting any one changes the words", () => {
    const changes: Partial<Capabilities>[] = [
      { ui: true },
      { compose: true },
      { dockerSocket: true },
      { privileged: true },
      ...EFFECT_LISTS.map((list) => ({ [list]: ["a"] })),
      { hostBinaries: { darwin: ["a"], windows: [], linux: [] } },
      { accountRequired: true },
      { unknown: ["a"] },
    ];
    expect(changes.flatMap((change) => Object.keys(change)).sort()).toEqual(Object.keys(NONE).sort());
    for (const change of changes) expect(compareCapabilities(NONE, { ...NONE, ...change })).toHaveLength(1);
  });
});
