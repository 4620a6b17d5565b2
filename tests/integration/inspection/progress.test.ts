import { afterAll, beforeAll, expect, test } from "vitest";
import { INSPECTION_STEPS, type InspectionProgress } from "@/lib/inspection/progress";
import { extensionImage } from "@/tests/builders/extension-image";
import { codesOf, type InspectionBench, startInspectionBench } from "@/tests/support/registries/inspect";

let bench: InspectionBench;
beforeAll(async () => {
  bench = await startInspectionBench();
});
afterAll(() => bench?.stop());

test("each step is reported once, in order, with what the report says then", async () => {
  const told: InspectionProgress[] = [];
  const image = extensionImage({ labels: { "com.docker.desktop.extension.api.version": "soon" } });
  const inspection = await bench.inspectImage(image, { onProgress: (progress) => told.push(progress) });
  const steps = told.map(({ step }) => step);
  expect(steps).toEqual(INSPECTION_STEPS.filter((step) => steps.includes(step)));
  expect(steps).toEqual(expect.arrayContaining(["image", "labels", "metadata"]));
  expect(told[0]).toMatchObject({
    digest: image.root.digest,
    mediaType: image.root.mediaType,
    platforms: ["linux/amd64", "linux/arm64"],
  });
  const found = told.flatMap(({ findings }) => findings.map(({ code }) => code));
  expect(found).toContain("requirement_unreadable");
  for (const code of found) expect(codesOf(inspection)).toContain(code);
});
