import { afterAll, beforeAll, expect, test } from "vitest";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import { Prisma } from "@/lib/platform/prisma/client";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

let api: PublicApi;

beforeAll(async () => {
  api = await startPublicApi();
  await event(1n, "2026-01-01T10:00:00.000Z", item("acme/a", "1.0.0"));
  await event(2n, "2026-01-01T10:00:00.001Z", item("acme/b", "1.0.0", "2026-01-03T00:00:00.000Z"));
  await event(3n, "2026-01-02T10:00:00.000Z", item("acme/a", "2.0.0"));
  await event(4n, "2026-01-04T10:00:00.000Z", null, "acme/a");
});

afterAll(() => api.close());

function item(repository: string, version: string, expiresAt: string | null = null): AllowListItem {
  const digest = `sha256:${"0".repeat(64)}`;
  const since = "2026-01-01T10:00:00.000Z";
  const reference = `${repository}@${digest}`;
  return {
    repository,
    track: "follow",
    range: null,
    state: "active",
    tag: version,
    version,
    digest,
    reference,
    since,
    expiresAt,
  };
}

async function event(
  sequence: bigint,
  at: string,
  value: AllowListItem | null,
  repository = value?.repository,
) {
  const data = { sequence, at, repository: repository ?? "", cause: "test", item: value ?? Prisma.DbNull };
  await api.db.prisma.listingEvent.create({ data });
}

async function at(instant: string): Promise<string[]> {
  const { items } = (await api.send(`/api/v1/allow-list?at=${encodeURIComponent(instant)}`)).json() as {
    items: AllowListItem[];
  };
  return items.map(({ repository, version }) => `${repository} ${version}`);
}

test.each([
  ["before the first event", "2025-12-31T00:00:00Z", []],
  ["a millisecond before the first event", "2026-01-01T09:59:59.999Z", []],
  ["at the first event", "2026-01-01T10:00:00Z", ["acme/a 1.0.0"]],
  ["between two events of one millisecond", "2026-01-01T10:00:00.000999Z", ["acme/a 1.0.0"]],
  ["at the second event", "2026-01-01T10:00:00.001Z", ["acme/a 1.0.0", "acme/b 1.0.0"]],
  ["after a new version", "2026-01-02T10:00:00Z", ["acme/a 2.0.0", "acme/b 1.0.0"]],
  ["in another time zone", "2026-01-02T15:30:00+05:30", ["acme/a 2.0.0", "acme/b 1.0.0"]],
  ["just before an expiry", "2026-01-02T23:59:59.999Z", ["acme/a 2.0.0", "acme/b 1.0.0"]],
  ["at an expiry", "2026-01-03T00:00:00Z", ["acme/a 2.0.0"]],
  ["after everything went", "2026-01-05T00:00:00Z", []],
])("%s", async (_what, instant, expected) => {
  expect(await at(instant)).toEqual(expected);
});

test("an item comes back field by field as it was recorded", async () => {
  const answer = await api.send("/api/v1/allow-list?at=2026-01-01T10:00:00Z");
  expect(answer.json()).toEqual({ items: [item("acme/a", "1.0.0")], total: 1, next: null });
  expect(answer.headers.etag).toBeDefined();
});

test.each([
  ["2999-01-01T00:00:00Z", "instant_in_future"],
  ["yesterday", "invalid_input"],
  ["2026-01-01", "invalid_input"],
  ["2026-13-01T00:00:00Z", "invalid_input"],
  ["2026-02-30T00:00:00Z", "invalid_input"],
  ["2026-01-01T10:00:00", "invalid_input"],
  ["2026-01-01T10:00:00+02:00'; DROP TABLE x", "invalid_input"],
  ["", "invalid_input"],
])("at=%s is refused as %s", async (instant, code) => {
  const answer = await api.send(`/api/v1/allow-list?at=${encodeURIComponent(instant)}`);
  expect([answer.status, answer.json()]).toMatchObject([400, { code }]);
});

test("an offset whose plus was not encoded is refused with the way to write it", async () => {
  const answer = await api.send("/api/v1/allow-list?at=2026-01-01T10:00:00+02:00");
  expect([answer.status, answer.text]).toEqual([400, expect.stringContaining("%2B")]);
});
