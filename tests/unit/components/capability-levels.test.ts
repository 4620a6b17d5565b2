import { expect, test } from "vitest";
import { capabilitySummary, rankCapabilities } from "@/components/catalog/capability-levels";
import type { Capabilities } from "@/lib/extension/capabilities";

const NONE: Capabilities = {
  ui: false,
  backendImages: [],
  compose: false,
  dockerSocket: false,
  hostPaths: [],
  privileged: false,
  addedCapabilities: [],
  hostNamespaces: [],
  devices: [],
  publishedPorts: [],
  hostBinaries: null,
  accountRequired: false,
  unknown: [],
};

test("what is not understood stands before everything that is, and harmless things stand last", () => {
  const ranked = rankCapabilities({
    ...NONE,
    ui: true,
    hostPaths: ["/tmp"],
    dockerSocket: true,
    unknown: ["compose file"],
  });
  expect(ranked.map(({ level, words }) => [level, words])).toEqual([
    ["high", "Something not understood: compose file"],
    ["high", "Access to the Docker socket"],
    ["medium", "The host folder /tmp"],
    ["low", "A tab in the dashboard"],
  ]);
});

test.each([
  [{ ui: true }, "Nothing unusual"],
  [{ ui: true, hostPaths: ["/tmp"] }, "Some access"],
  [{ privileged: true, dockerSocket: true }, "2 far-reaching"],
])("the worst speaks for all: %j", (some, words) => {
  expect(capabilitySummary(rankCapabilities({ ...NONE, ...some }))).toBe(words);
});
