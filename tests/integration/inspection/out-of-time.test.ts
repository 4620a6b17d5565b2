import { afterAll, beforeAll, expect, test } from "vitest";
import { attributeError } from "@/lib/inspection/error-attribution";
import { layerFactsInMemory } from "@/lib/inspection/layers/layer-facts";
import { extensionImage } from "@/tests/builders/extension-image";
import { type ServedBench, startServedBench } from "@/tests/support/registries/inspect-served";

let bench: ServedBench;
beforeAll(async () => {
  bench = await startServedBench();
});
afterAll(() => bench?.stop());

test("an inspection that ran out of time gives no report, blames no one, and keeps nothing of the layers", async () => {
  const layerFacts = layerFactsInMemory();
  const limits = { layerMs: -1 };
  const late = await bench.inspectImage(extensionImage(), { limits, layerFacts }).catch((error) => error);
  expect(late).toMatchObject({ code: "limit_exceeded", retryable: true });
  expect(attributeError(late)).toBe("ours");
  const { report } = await bench.inspectImage(extensionImage(), { layerFacts });
  expect(report).toMatchObject({ state: "inspected", metadata: { proof: "full" } });
  expect(report.cost.layerBytes).toBeGreaterThan(0);
});
