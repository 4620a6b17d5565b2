import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { isAppError } from "@/lib/platform/errors";
import { singleton } from "@/lib/platform/singleton";

test("an empty slot says that Gantry is starting, and peek that there is nothing", () => {
  const slot = singleton<string>(`test-${randomUUID()}`);
  expect(slot.peek()).toBeUndefined();
  let thrown: unknown;
  try {
    slot.get();
  } catch (error) {
    thrown = error;
  }
  expect(isAppError(thrown)).toBe(true);
  expect(thrown).toMatchObject({ code: "starting", status: 503, retryable: true, retryAfterSeconds: 1 });
});

test("what one module graph sets, the other one gets", async () => {
  const name = `test-${randomUUID()}`;
  singleton<string>(name).set("shared");
  vi.resetModules();
  const other = await import("@/lib/platform/singleton");
  expect(other.singleton<string>(name).get()).toBe("shared");
  other.singleton<string>(name).clear();
  expect(singleton<string>(name).peek()).toBeUndefined();
});

test("slots of different names are apart", () => {
  const one = singleton<number>(`test-${randomUUID()}`);
  const two = singleton<number>(`test-${randomUUID()}`);
  one.set(1);
  expect(two.peek()).toBeUndefined();
});

test("importing all of the server fills no slot", async () => {
  const before = slots();
  vi.resetModules();
  await import("@/lib/process/start");
  expect(slots()).toEqual(before);
}, 120_000);

function slots(): string[] {
  return Object.getOwnPropertySymbols(globalThis)
    .map((symbol) => Symbol.keyFor(symbol) ?? "")
    .filter((name) => name.startsWith("gantry."))
    .sort();
}
