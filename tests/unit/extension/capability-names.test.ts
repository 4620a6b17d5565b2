import { expect, test } from "vitest";
import {
  CAPABILITY_NAMES,
  capabilityNames,
  readCapabilities,
} from "@/lib/extension/capabilities/capabilities";
import { EFFECT_LISTS, EFFECT_NAMES, noEffects } from "@/lib/extension/compose/container-effects";
import { readLabels } from "@/lib/extension/labels/labels";

test("every capability that a report has stands in the one list of names, once", () => {
  const capabilities = readCapabilities(undefined, readLabels({}).labels);
  expect([...CAPABILITY_NAMES].sort()).toEqual(Object.keys(capabilities).sort());
  expect([...EFFECT_NAMES].sort()).toEqual(Object.keys(noEffects()).sort());
});

test("the lists among the effects are those that hold lists", () => {
  const flags = EFFECT_NAMES.filter((name) => !EFFECT_LISTS.some((list) => list === name));
  expect(flags).toEqual(["dockerSocket", "privileged"]);
});

test("only what an extension does is named", () => {
  const nothing = readCapabilities(undefined, readLabels({}).labels);
  expect(capabilityNames(nothing)).toEqual(["unknown"]);
  expect(capabilityNames({ ...nothing, unknown: [], devices: ["/dev/kvm"], privileged: true })).toEqual([
    "privileged",
    "devices",
  ]);
});
