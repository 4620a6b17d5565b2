import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { identityOf, withSetupLock } from "@/scripts/setup/lock.mjs";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gantry-lock-"));
  file = path.join(folder, "setup.lock");
});

afterEach(() => rmSync(folder, { recursive: true }));

test("of several at once, one works at a time", async () => {
  let inside = 0;
  const most: number[] = [];
  const work = async () => {
    inside += 1;
    most.push(inside);
    await new Promise(setImmediate);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withSetupLock(work, quietly())));
  expect(most).toEqual([1, 1, 1]);
});

test("the lock is given back when the work fails", async () => {
  await expect(withSetupLock(() => Promise.reject(new Error("broken")), quietly())).rejects.toThrow("broken");
  expect(existsSync(file)).toBe(false);
});

test("a lock whose processes have ended is taken over", async () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  writeFileSync(file, `${pid} 12345\n`);
  expect(await withSetupLock(async () => "done", quietly())).toBe("done");
});

test("a lock of a process id that was given out again is taken over", async () => {
  writeFileSync(file, `${process.pid} 1\n`);
  expect(await withSetupLock(async () => "done", quietly())).toBe("done");
});

test("while a program that the crashed holder started still runs, the lock stands", async () => {
  const program = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  writeFileSync(file, `999999999 1\n${identityOf(program.pid)}\n`);
  const waiting = withSetupLock(async () => program.exitCode ?? program.signalCode, quietly());
  setTimeout(() => program.kill("SIGKILL"), 50);
  expect(await waiting).toBe("SIGKILL");
});

function quietly() {
  return { file, tell: () => {} };
}
