import { expect, test } from "vitest";
import { connectionLimits, openFilesMax } from "@/lib/process/connections";

test.each([
  ["as set, where the system allows it", 8_000, 1_048_576, { max: 8_000, perNetworkMax: 1_000 }],
  ["as set, where the system does not say", 8_000, undefined, { max: 8_000, perNetworkMax: 1_000 }],
  ["what is left of a few thousand files", 8_000, 4_096, { max: 3_584, perNetworkMax: 448 }],
  ["half of very few files", 8_000, 256, { max: 128, perNetworkMax: 16 }],
  ["at least one for everybody", 4, 1_024, { max: 4, perNetworkMax: 1 }],
])("%s", (_what, setting, openFiles, limits) => {
  expect(connectionLimits(setting, openFiles)).toEqual(limits);
});

test("the limit on open files is read as Linux writes it", () => {
  const limits =
    "Limit                     Soft Limit           Hard Limit           Units\n" +
    "Max open files            1024                 20000                files\n";
  expect(openFilesMax(limits)).toBe(20_000);
  expect(openFilesMax("Max open files            unlimited            unlimited            files\n")).toBe(
    undefined,
  );
  expect(openFilesMax("")).toBe(undefined);
});
