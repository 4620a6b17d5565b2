import { expect, test } from "vitest";
import { rankCapabilities } from "@/components/catalog/capability-level";
import { shortDigest } from "@/components/catalog/digest-text";
import { readCapabilities } from "@/lib/extension/capabilities";
import { readLabels } from "@/lib/extension/labels";

const NOTHING = readCapabilities(
  { icon: null, ui: null, vm: null, hostBinaries: [], notUnderstood: [] },
  readLabels({}).labels,
);

test("what reaches the host comes before what every extension does", () => {
  const ranked = rankCapabilities({
    ...NOTHING,
    ui: true,
    backendImages: ["acme/backend"],
    publishedPorts: ["8080"],
    dockerSocket: true,
    unknown: ["vm.extra"],
  });
  expect(ranked.map(({ kind, level }) => [kind, level])).toEqual([
    ["unknown", "high"],
    ["dockerSocket", "high"],
    ["publishedPorts", "medium"],
    ["backendImages", "low"],
    ["ui", "low"],
  ]);
});

test("nothing is left out and nothing is named twice", () => {
  const ranked = rankCapabilities({ ...NOTHING, hostPaths: ["/var/run", "/home"], privileged: true });
  expect(ranked.map(({ key }) => key)).toEqual(["privileged", "hostPaths:/var/run", "hostPaths:/home"]);
});

test.each([
  [`sha256:${"ab".repeat(32)}`, "sha256:abababababab…"],
  ["sha256:ab", "sha256:ab"],
  ["none", "none"],
])("%s is shortened to %s", (digest, short) => {
  expect(shortDigest(digest)).toBe(short);
});
