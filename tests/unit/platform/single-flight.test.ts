import { expect, test } from "vitest";
import { SingleFlight } from "@/lib/platform/single-flight";

test("callers of one key during a run share it, others and later ones do not", async () => {
  const flights = new SingleFlight<string, number>();
  const started: string[] = [];
  const run = (key: string) =>
    flights.run(key, async () => {
      started.push(key);
      await Promise.resolve();
      return started.length;
    });
  expect(await Promise.all([run("a"), run("a"), run("b")])).toEqual([2, 2, 2]);
  expect(flights.running("a")).toBeUndefined();
  await run("a");
  expect(started).toEqual(["a", "b", "a"]);
});

test("a failure reaches all who share the run, and the next run starts over", async () => {
  const flights = new SingleFlight<string, string>();
  const fail = () => flights.run("a", async () => Promise.reject(new Error("down")));
  const outcomes = await Promise.allSettled([fail(), fail()]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(flights.run("a", async () => "up")).resolves.toBe("up");
});
