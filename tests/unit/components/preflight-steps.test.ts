import { describe, expect, test } from "vitest";
import { stepsShown } from "@/components/preflight/preflight-steps";
import { readCapabilities } from "@/lib/extension/capabilities/capabilities";
import { readLabels } from "@/lib/extension/labels/labels";
import type { PreflightProgress } from "@/lib/inspection/preflight";

const LABELS: PreflightProgress = { step: "labels", findings: [] };
const EARLY: PreflightProgress = {
  step: "metadata_provisional",
  title: "Disk Lens",
  capabilities: readCapabilities(undefined, readLabels({}).labels),
  layerBytes: 700,
  findings: [],
};
const PROVEN: PreflightProgress = { step: "metadata", provisional: "confirmed", findings: [] };
const COMPOSE: PreflightProgress = { step: "compose", findings: [] };

describe("provisional metadata is shown only until it is confirmed", () => {
  test.each<[string, PreflightProgress[], boolean, string[]]>([
    ["before it", [LABELS], true, ["labels"]],
    ["while it is proven", [LABELS, EARLY], true, ["labels", "metadata_provisional"]],
    ["once it is proven", [LABELS, EARLY, PROVEN, COMPOSE], true, ["labels", "metadata", "compose"]],
    ["when the check broke off", [LABELS, EARLY], false, ["labels"]],
    ["at the end", [LABELS, EARLY, PROVEN, COMPOSE], false, ["labels", "metadata", "compose"]],
  ])("%s", (_name, steps, running, shown) => {
    expect(stepsShown(steps, running).map(({ step }) => step)).toEqual(shown);
  });
});
