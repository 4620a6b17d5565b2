import { expect, test } from "vitest";
import { rankCapabilities } from "@/components/report/capability-level";
import { capabilitySummary } from "@/components/report/capability-summary";
import { readCapabilities } from "@/lib/extension/capabilities/capabilities";
import { readLabels } from "@/lib/extension/labels/labels";

const NOTHING = readCapabilities(
  { icon: null, ui: null, vm: null, hostBinaries: [], notUnderstood: [] },
  readLabels({}).labels,
);

test.each([
  [{ ui: true }, "Nothing unusual"],
  [{ ui: true, publishedPorts: ["8080"] }, "Some access"],
  [{ privileged: true, dockerSocket: true }, "2 far-reaching"],
])("the worst speaks for all: %j", (some, words) => {
  expect(capabilitySummary(rankCapabilities({ ...NOTHING, ...some }))).toBe(words);
});

test("the name that stands for the extension's own image is told in words", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: metadata.json writes it so
  const [ranked] = rankCapabilities({ ...NOTHING, backendImages: ["${DESKTOP_PLUGIN_IMAGE}"] });
  expect(ranked?.words).toBe("a backend from its own image");
});
