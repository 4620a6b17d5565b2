import { expect, test } from "vitest";
import type { Route } from "@/lib/api/route";
import { ROUTES } from "@/lib/api/table";

const named = (routes: readonly Route[]) => routes.map(({ operationId }) => operationId);

test("every operation is a stored document or has a limit", () => {
  const limited = ROUTES.filter(({ limit }) => limit !== "stored");
  for (const { operationId, limit } of limited) {
    expect(limit, operationId).toMatchObject({ perSecond: expect.any(Number), burst: expect.any(Number) });
  }
  expect(limited.length).toBeGreaterThan(0);
});

test("nothing but the path decides on a stored document, so a client cannot invent new ones", () => {
  const stored = ROUTES.filter(({ limit }) => limit === "stored");
  const odd = stored.filter(
    ({ access, method, query, body }) =>
      access !== "public" || method !== "GET" || query !== undefined || body !== undefined,
  );
  expect(named(odd)).toEqual([]);
});

test("what strangers ask freely and the process has to compute waits in the one line for that", () => {
  const free = ROUTES.filter(
    ({ access, query, body }) => access === "public" && (query ?? body) !== undefined,
  );
  const atOnce = free.filter(({ limit }) => limit === "stored" || limit.computes !== true);
  // The past is answered from memory, or waits for the database in a line of its own.
  expect(named(atOnce)).toEqual(["getAllowList", "getAllowListDifference"]);
});
