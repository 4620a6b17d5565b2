import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LayerBudget } from "@/lib/archive/layer-budget";
import { layerThreads } from "@/lib/inspection/layers/layer-threads";
import { INSPECTION_LIMITS } from "@/lib/inspection/limits";
import { drawing } from "@/lib/media/drawing/drawing";
import { ICON } from "@/lib/media/picture-shape";
import { gzipped, tarOf } from "@/tests/builders/tar-bytes";
import { startTestGantry, type TestGantry } from "@/tests/support/gantry";
import { inChunks } from "@/tests/unit/archive/walk";

let gantry: TestGantry;
const ends: Promise<unknown>[] = [];
const watch = (worker: Worker) => ends.push(once(worker, "exit"));

beforeAll(async () => {
  gantry = await startTestGantry({ GANTRY_REGISTRIES: "http://127.0.0.1:9" });
  process.on("worker", watch);
});
afterAll(async () => {
  process.off("worker", watch);
  await gantry?.close();
});

test("a server that has stopped has no thread left that reads, and later readings start their own", async () => {
  const layer = gzipped(tarOf({ name: "metadata.json", content: "{}" }));
  const read = async () => {
    const budget = new LayerBudget(INSPECTION_LIMITS, () => 0);
    const walked = await layerThreads().walk({
      source: inChunks(layer, 64),
      budget,
      wanted: { kind: "all" },
    });
    expect(walked.kind).toBe("read");
  };
  const picture = sharp({ create: { width: 20, height: 20, channels: 3, background: "#00f" } });
  await read();
  const [threads, draws] = [layerThreads(), drawing()];
  expect((await draws.draw(await picture.png().toBuffer(), ICON)).kind).toBe("drawn");
  await gantry.gantry.stop();
  expect(await Promise.all(ends)).not.toHaveLength(0);
  expect(layerThreads()).not.toBe(threads);
  expect(drawing()).not.toBe(draws);
  await read();
  layerThreads().close();
});
