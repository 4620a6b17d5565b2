import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startChild } from "@/tests/support/processes/child";
import { freePort } from "@/tests/support/processes/free-port";
import { isRunning } from "@/tests/support/processes/process-tree";

const node = (script: string) => startChild(process.execPath, ["-e", script]);

test("a line is found whether it was written before or after we asked, and on either stream", async () => {
  const child = await node(`console.log("one 1"); setTimeout(() => console.error("two 2"), 50)`);
  expect((await child.line(/two (\d)/))[1]).toBe("2");
  expect((await child.line(/one (\d)/))[1]).toBe("1");
  expect(await child.exited).toEqual({ code: 0, signal: null });
  expect((await child.line(/one/))[0]).toBe("one");
});

test("a line that never comes fails with the output, at the end of the process or when time is up", async () => {
  const child = await node(`console.log("only this"); setInterval(() => {}, 1000)`);
  await child.line(/only/);
  await expect(child.line(/that/, 20)).rejects.toThrow(/within 20 ms.*only this/s);
  const waiting = expect(child.line(/that/)).rejects.toThrow(/ended without.*only this/s);
  await child.kill();
  await waiting;
});

test("the address that a server prints is found", async () => {
  const child = await node(`console.log("Listening on http://127.0.0.1:1234 now")`);
  expect(await child.url()).toBe("http://127.0.0.1:1234");
});

test("kill ends a process that refuses to stop, and stop kills it after its time", async () => {
  const stubborn = `process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)`;
  const [one, two] = [await node(stubborn), await node(stubborn)];
  await Promise.all([one.line(/up/), two.line(/up/)]);
  expect(await one.kill()).toEqual({ code: null, signal: "SIGKILL" });
  expect(await two.stop("SIGTERM", 50)).toEqual({ code: null, signal: "SIGKILL" });
});

test("a child does not see that it is under test", async () => {
  const child = await node(`console.log(JSON.stringify([process.env.NODE_ENV, process.env.VITEST]))`);
  expect((await child.line(/.+/))[0]).toBe("[null,null]");
});

test("a program that does not exist is an error", async () => {
  await expect(startChild("/nonexistent", [])).rejects.toThrow("ENOENT");
});

test("what a killed test process started and wrote is gone soon after", async () => {
  const tests = await startChild(process.execPath, [
    "--import",
    "tsx",
    "tests/integration/samples/leaves-things-behind.ts",
  ]);
  const { pid, folder } = JSON.parse((await tests.line(/\{.*\}/))[0]);
  expect([isRunning(pid), existsSync(folder)]).toEqual([true, true]);
  await tests.kill();
  await until(() => !isRunning(pid) && !existsSync(folder));
});

test("a free port is unused", async () => {
  const ports = await Promise.all([freePort(), freePort()]);
  for (const port of ports) expect(port).toBeGreaterThanOrEqual(20_000);
});

/** The test's own time limit ends it when this never comes true. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(50);
}
