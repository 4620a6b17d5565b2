import { expect, test } from "vitest";
import { StopStack } from "@/lib/process/stop-stack";

test("what was started last stops first, one after another, and only once", async () => {
  const order: string[] = [];
  const stops = new StopStack();
  stops.push(() => void order.push("database"));
  stops.push(async () => {
    await Promise.resolve();
    order.push("server");
  });
  await Promise.all([stops.stop(), stops.stop()]);
  await stops.stop();
  expect(order).toEqual(["server", "database"]);
});
