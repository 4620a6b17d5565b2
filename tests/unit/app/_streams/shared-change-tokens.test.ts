import { expect, test } from "vitest";
import { createSharedReader } from "@/app/_streams/shared-change-tokens";

test("one query answers all streams that read together", async () => {
  const asked: string[][] = [];
  const read = createSharedReader(async (ids) => {
    asked.push([...ids]);
    return new Map(ids.map((id) => [id, `token of ${id}`]));
  }, 1);
  const ids = Array.from({ length: 500 }, (_, n) => `${n % 50}`);
  expect(await Promise.all(ids.map(read))).toEqual(ids.map((id) => `token of ${id}`));
  expect(asked.map(({ length }) => length)).toEqual([50]);
  expect(await read("1")).toBe("token of 1");
  expect(asked).toHaveLength(2);
});

test("a missing submission ends its own stream only, and a failure ends the streams of its batch", async () => {
  let broken = false;
  const read = createSharedReader(async (ids) => {
    if (broken) throw new Error("away");
    return new Map(ids.filter((id) => id !== "gone").map((id) => [id, "here"]));
  }, 1);
  const outcomes = await Promise.allSettled([read("gone"), read("other")]);
  expect(outcomes).toMatchObject([{ reason: { code: "not_found" } }, { value: "here" }]);
  broken = true;
  await expect(read("other")).rejects.toThrow("away");
  broken = false;
  expect(await read("other")).toBe("here");
});
