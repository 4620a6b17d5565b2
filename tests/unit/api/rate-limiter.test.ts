import { expect, test } from "vitest";
import { createRateLimiter } from "@/lib/api/rate-limiter";
import type { Route } from "@/lib/api/route";
import { ROUTES } from "@/lib/api/table";

const updates = routeCalled("checkUpdates");

function passes(consume: () => void): boolean {
  try {
    consume();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "too_many_requests", status: 429, retryAfterSeconds: 1 });
    return false;
  }
}

test("a network has 200 requests at once and 20 a second after that; another network its own", () => {
  let nowMs = 0;
  const { consume } = createRateLimiter(() => nowMs);
  const outcomes = Array.from({ length: 201 }, () => passes(() => consume(updates, "198.51.100.7")));
  expect(outcomes.filter(Boolean)).toHaveLength(200);
  expect(passes(() => consume(updates, "198.51.100.8"))).toBe(true);
  nowMs = 1_000;
  const later = Array.from({ length: 30 }, () => passes(() => consume(updates, "198.51.100.7")));
  expect(later.filter(Boolean)).toHaveLength(20);
});

test("a household's IPv6 addresses are one network, and IPv4 written as IPv6 is IPv4", () => {
  const { consume } = createRateLimiter(() => 0);
  for (let count = 0; count < 200; count += 1) consume(updates, `2001:db8:1:1::${count.toString(16)}`);
  expect(passes(() => consume(updates, "2001:db8:1:1:ffff::1"))).toBe(false);
  expect(passes(() => consume(updates, "2001:db8:1:2::1"))).toBe(true);
  for (let count = 0; count < 200; count += 1) consume(updates, "198.51.100.7");
  expect(passes(() => consume(updates, "::ffff:198.51.100.7"))).toBe(false);
});

test("a stored document is never held back", () => {
  const { consume } = createRateLimiter(() => 0);
  const list = routeCalled("getExtension");
  for (let count = 0; count < 1_000; count += 1) consume(list, "198.51.100.7");
});

function routeCalled(operationId: string): Route {
  const route = ROUTES.find((one) => one.operationId === operationId);
  if (route === undefined) throw new Error(`there is no ${operationId}`);
  return route;
}
