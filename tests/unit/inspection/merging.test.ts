import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Capabilities } from "@/lib/extension/capabilities";
import { makeFinding } from "@/lib/extension/finding-codes";
import { mergeCapabilities } from "@/lib/extension/merge-capabilities";
import { boundedMap } from "@/lib/inspection/bounded-map";
import { distinctFindings } from "@/lib/inspection/distinct-findings";

const words = fc.uniqueArray(fc.constantFrom("a", "b", "c"));
const capabilities: fc.Arbitrary<Capabilities> = fc.record({
  ui: fc.boolean(),
  backendImages: words,
  compose: fc.boolean(),
  dockerSocket: fc.boolean(),
  hostPaths: words,
  privileged: fc.boolean(),
  addedCapabilities: words,
  hostNamespaces: words,
  devices: words,
  publishedPorts: words,
  hostBinaries: fc.option(fc.record({ darwin: words, windows: words, linux: words })),
  accountRequired: fc.boolean(),
  unknown: words,
});

/** Every single thing that is done, as one set of words. */
function things(one: Capabilities): Set<string> {
  return new Set(
    Object.entries(one).flatMap(([kind, value]) => {
      if (value === null || value === false) return [];
      if (value === true) return [kind];
      if (Array.isArray(value)) return value.map((each) => `${kind} ${each}`);
      return Object.entries(value).flatMap(([os, paths]) => [
        kind,
        ...paths.map((path) => `${kind} ${os} ${path}`),
      ]);
    }),
  );
}

test("merged capabilities are exactly what any of the platforms does", () => {
  fc.assert(
    fc.property(fc.array(capabilities, { minLength: 1, maxLength: 4 }), ([first, ...others]) => {
      if (first === undefined) return;
      const merged = things(mergeCapabilities([first, ...others]));
      expect(merged).toEqual(new Set([first, ...others].flatMap((one) => [...things(one)])));
    }),
  );
});

test("one platform alone is unchanged", () => {
  fc.assert(
    fc.property(capabilities, (one) => {
      expect(mergeCapabilities([one])).toEqual(one);
    }),
  );
});

describe("findings are told once", () => {
  const layer = (name: string, platform: string) => makeFinding("layer_foreign", { layer: name, platform });
  test("what is the same on several platforms, for the first of them", () => {
    const findings = [layer("a", "linux/amd64"), layer("a", "linux/arm64"), layer("b", "linux/arm64")];
    expect(distinctFindings(findings)).toEqual([findings[0], findings[2]]);
  });

  test("comparisons of platforms are kept apart", () => {
    const differ = (otherPlatform: string) =>
      makeFinding("label_divergence", { label: "x", platform: "linux/amd64", otherPlatform });
    expect(
      distinctFindings([differ("linux/arm64"), differ("linux/s390x"), differ("linux/arm64")]),
    ).toHaveLength(2);
  });

  test("a flood is bounded", () => {
    const flood = Array.from({ length: 500 }, (_, at) => layer(`${at}`, "linux/amd64"));
    expect(distinctFindings([...flood, makeFinding("metadata_missing")])).toHaveLength(21);
  });
});

describe("bounded parallel work", () => {
  test("keeps the order, and never runs more at once than allowed", async () => {
    let running = 0;
    let most = 0;
    const results = await boundedMap([...Array(20).keys()], 3, async (item) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return item * 2;
    });
    expect(results).toEqual([...Array(20).keys()].map((item) => item * 2));
    expect(most).toBe(3);
  });

  test("stops at the first error", async () => {
    const begun: number[] = [];
    const working = boundedMap([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await new Promise((resolve) => setImmediate(resolve));
      if (item === 1) throw new Error("one");
    });
    await expect(working).rejects.toThrow("one");
    expect(begun.length).toBeLessThan(5);
  });
});
