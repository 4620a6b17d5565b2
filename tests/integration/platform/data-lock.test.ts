import { existsSync, statSync } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lockDataFolder } from "@/lib/platform/data-lock";
import { type Child, startChild } from "@/tests/support/processes/child";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const ROUNDS = 100;
const REFUSED = { code: "configuration", message: expect.stringContaining("Another Gantry is running on") };

let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder("lock");
});

afterEach(() => folder.remove());

const holder = (dataDir: string, startAt = 0): Promise<Child> =>
  startChild(process.execPath, [
    "--import",
    "tsx",
    "tests/support/databases/data-folder-holder.ts",
    dataDir,
    `${startAt}`,
  ]);

test("a living holder is respected, and the folder is free again once it is released", async () => {
  const first = await lockDataFolder(folder.path);
  await expect(lockDataFolder(folder.path)).rejects.toMatchObject({
    ...REFUSED,
    suggestion: expect.stringContaining("GANTRY_DATA_DIR"),
  });
  await first.release();
  const second = await lockDataFolder(folder.path);
  await expect(lockDataFolder(folder.path)).rejects.toMatchObject(REFUSED);
  await second.release();
  expect(await readdir(path.join(folder.path, "lock"))).toEqual([]);
});

test("the folder is made when it is missing, and closed to others", async () => {
  const dataDir = path.join(folder.path, "deep", "data");
  await (await lockDataFolder(dataDir)).release();
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
});

test("another name of the same folder is the same folder", async () => {
  const lock = await lockDataFolder(folder.path);
  await expect(lockDataFolder(path.join(folder.path, "x", ".."))).rejects.toMatchObject(REFUSED);
  await lock.release();
});

describe.each([
  ["a short path", "data"],
  ["a path that is too long for a socket", path.join("long".repeat(20), "ü".repeat(60))],
])("with %s", (_name, below) => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = path.join(folder.path, below);
    await mkdir(dataDir, { recursive: true });
  });

  test("another living process is respected, also one that is stopped and cannot answer", async () => {
    const child = await holder(dataDir);
    await child.line(/locked/);
    await expect(lockDataFolder(dataDir)).rejects.toMatchObject(REFUSED);
    child.signal("SIGSTOP");
    await expect(lockDataFolder(dataDir)).rejects.toMatchObject(REFUSED);
    await child.kill();
  });

  test("what a killed process held is taken over at once", async () => {
    for (let round = 0; round < 3; round += 1) {
      const child = await holder(dataDir);
      await child.line(/locked/);
      await child.kill();
    }
    const lock = await lockDataFolder(dataDir);
    await expect(lockDataFolder(dataDir)).rejects.toMatchObject(REFUSED);
    await lock.release();
  });
});

test("of several that start together exactly one wins, whether or not a dead process left its lock", async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const starters = 2 + (round % 5);
    const dataDir = path.join(folder.path, String(round));
    const attempts = await Promise.allSettled(
      Array.from({ length: starters }, async (_, index) => {
        for (let turn = 0; turn < index * (round % 3); turn += 1) await new Promise(setImmediate);
        return lockDataFolder(dataDir);
      }),
    );
    const won = attempts.filter((attempt) => attempt.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const attempt of attempts)
      if (attempt.status === "rejected") expect(attempt.reason).toMatchObject(REFUSED);
    for (const { value } of won) await value.release();
  }
});

test("of several processes that start together after a kill exactly one wins", async () => {
  for (let round = 0; round < 4; round += 1) {
    const startAt = Date.now() + 2_500;
    const children = await Promise.all(Array.from({ length: 5 }, () => holder(folder.path, startAt)));
    const outcomes = await Promise.all(children.map((child) => child.line(/locked|refused|failed.*/)));
    expect(outcomes.map(([outcome]) => outcome).sort()).toEqual([
      "locked",
      "refused",
      "refused",
      "refused",
      "refused",
    ]);
    await Promise.all(children.map((child) => child.kill()));
  }
  expect(existsSync(folder.path)).toBe(true);
});
