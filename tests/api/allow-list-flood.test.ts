import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import { forgetHistory } from "@/lib/marketplace/history/allow-list-history";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

const EVENTS = 100;
const FIRST_MS = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;

let api: PublicApi;

beforeAll(async () => {
  api = await startPublicApi();
  const data = Array.from({ length: EVENTS }, (_, index) => ({
    ...{ sequence: BigInt(index + 1), at: new Date(FIRST_MS + index * HOUR_MS) },
    ...{ repository: `acme/tool-${index % 10}`, cause: "test", item: itemOf(index) },
  }));
  await api.db.prisma.listingEvent.createMany({ data });
});
afterAll(() => api.close());

function itemOf(index: number) {
  const digest = `sha256:${"0".repeat(64)}`;
  const repository = `acme/tool-${index % 10}`;
  return {
    ...{ repository, track: "follow", range: null, state: "active", tag: `1.${index}.0` },
    ...{ version: `1.${index}.0`, digest, reference: `${repository}@${digest}` },
    ...{ since: "2026-01-01T00:00:00.000Z", expiresAt: null },
  };
}

const at = (event: number, ms = 0) => new Date(FIRST_MS + event * HOUR_MS + ms).toISOString();

test("however many instants between two events are asked for, the database is asked for one list", async () => {
  forgetHistory(api.db);
  const asked = vi.spyOn(api.db.prisma, "$queryRaw");
  const keys = new Set<string>();
  for (let ms = 0; ms < 1_000; ms += 1) {
    keys.add((await allowListAt(api.db, at(7, ms), { key: `network-${ms}` })).key);
  }
  expect(keys.size).toBe(1);
  // Two queries learn the times of all events.
  expect(asked).toHaveBeenCalledTimes(3);
  asked.mockRestore();
});

test("instants that have not come are refused without asking the database about each", async () => {
  const asked = vi.spyOn(api.db.prisma, "$transaction");
  for (let day = 1; day <= 28; day += 1) {
    const instant = `2999-01-${String(day).padStart(2, "0")}T00:00:00Z`;
    await expect(allowListAt(api.db, instant, { key: "a" })).rejects.toMatchObject({
      code: "instant_in_future",
    });
  }
  expect(asked.mock.calls.length).toBeLessThan(5);
  asked.mockRestore();
});

test("when too many networks ask for different lists at once, people with accounts are served all the same", async () => {
  forgetHistory(api.db);
  const strangers = Array.from({ length: EVENTS }, (_, event) =>
    allowListAt(api.db, at(event), { key: `network-${event}` }),
  );
  const account = allowListAt(api.db, at(EVENTS - 1), { key: "ada", standing: "account" });
  const outcomes = await Promise.allSettled(strangers);
  const refused = outcomes.filter(({ status }) => status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(EVENTS);
  for (const outcome of refused)
    expect(outcome).toMatchObject({ reason: { code: "busy", status: 503, retryAfterSeconds: 2 } });
  expect((await account).items).toHaveLength(10);
});

test("a network that asks about the past too often is told when to come back, and the list of now stays open", async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, ms) => api.send(`/api/v1/allow-list?at=${at(3, ms)}`)),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(15);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(20);
  expect(refused[0]?.headers).toMatchObject({
    "content-type": "application/problem+json; charset=utf-8",
    "retry-after": expect.stringMatching(/^\d+$/),
  });
  expect(refused[0]?.json()).toMatchObject({
    code: "too_many_requests",
    suggestion: expect.stringMatching(/\S/),
  });
});

test("answers about the past push no document out of memory", async () => {
  const { answers, queryAnswers } = api.catalog.current();
  await api.send("/api/v1/categories");
  const kept = vi.spyOn(answers, "set");
  const keptQueries = vi.spyOn(queryAnswers, "set");
  await api.send(`/api/v1/allow-list?at=${at(4)}`);
  await api.send("/api/v1/extensions?q=anything");
  await api.send("/api/v1/extensions?limit=007");
  await api.send("/api/v1/%63ategories");
  expect([kept.mock.calls, keptQueries.mock.calls]).toEqual([[], []]);
});
