import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { allowListAt } from "@/lib/marketplace/history/allow-list-at";
import {
  type AllowListDifference,
  allowListDifference,
} from "@/lib/marketplace/history/allow-list-difference";
import { forgetHistory } from "@/lib/marketplace/history/allow-list-history";
import type { AllowListItem } from "@/lib/marketplace/publishing/allow-list-item";
import { Prisma } from "@/lib/platform/prisma/client";
import fc from "@/tests/builders/fast-check";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

let api: PublicApi;
let sequence = 0n;

beforeAll(async () => {
  api = await startPublicApi();
  // The history is append-only; here several are told one after the other.
  await api.db.prisma.$executeRaw`ALTER TABLE "ListingEvent" DISABLE TRIGGER ALL`;
});
afterAll(() => api.close());
beforeEach(async () => {
  await startAnew();
});

const TURN = { key: "tests" };

async function startAnew() {
  await api.db.prisma.$executeRaw`TRUNCATE "ListingEvent"`;
  forgetHistory(api.db);
}

const DIGEST = `sha256:${"0".repeat(64)}`;

function item(repository: string, version: string, expiresAt: string | null = null): AllowListItem {
  return {
    repository,
    track: "follow",
    range: null,
    state: "active",
    tag: version,
    version,
    digest: DIGEST,
    reference: `${repository}@${DIGEST}`,
    since: "2026-01-01T10:00:00.000Z",
    expiresAt,
  };
}

async function event(at: string, cause: string, repository: string, value: AllowListItem | null) {
  sequence += 1n;
  const data = { sequence, at, repository, cause, item: value ?? Prisma.DbNull };
  await api.db.prisma.listingEvent.create({ data });
}

const day = (number: number) => `2026-01-${String(number).padStart(2, "0")}T00:00:00.000Z`;

function words({ changes }: AllowListDifference): string[] {
  return changes.map(({ repository, before, after, fields, causes }) =>
    [
      repository,
      `${before?.version ?? "–"} → ${after?.version ?? "–"}`,
      ...(fields.length > 0 ? [fields.join(",")] : []),
      `(${causes.map(({ cause }) => cause).join(", ")})`,
    ].join(" "),
  );
}

describe("between two instants", () => {
  beforeEach(async () => {
    await event(day(2), "approve", "acme/a", item("acme/a", "1.0.0"));
    await event(day(3), "approve", "acme/b", item("acme/b", "1.0.0", day(6)));
    await event(day(4), "scan", "acme/a", item("acme/a", "1.1.0"));
    await event(day(5), "suspend", "acme/a", null);
    await event(day(8), "expire", "acme/b", null);
    await event(day(9), "resume", "acme/a", { ...item("acme/a", "1.1.0"), track: "range", range: "^1" });
  });

  test.each<[string, string, string, string[]]>([
    ["before the first event there is nothing", day(1), day(1), []],
    ["what came", day(1), day(3), ["acme/a – → 1.0.0 (approve)", "acme/b – → 1.0.0 (approve)"]],
    ["what changed", day(3), day(4), ["acme/a 1.0.0 → 1.1.0 tag,version (scan)"]],
    ["what left", day(4), day(5), ["acme/a 1.1.0 → – (suspend)"]],
    ["what time ended, before its event", day(5), day(7), ["acme/b 1.0.0 → – (expire)"]],
    ["what time ended, told once", day(5), day(8), ["acme/b 1.0.0 → – (expire)"]],
    ["what came and went is no difference", day(1), day(8), []],
    ["an event at `from` is past, one at `to` counts", day(8), day(9), ["acme/a – → 1.1.0 (resume)"]],
    [
      "the reasons in between come in order",
      day(2),
      day(9),
      ["acme/a 1.0.0 → 1.1.0 track,range,tag,version (scan, suspend, resume)"],
    ],
  ])("%s", async (_what, from, to, expected) => {
    expect(words(await allowListDifference(api.db, { from, to }, TURN))).toEqual(expected);
  });

  test("by API, sorted by what happened", async () => {
    const answer = await api.send(`/api/v1/allow-list/diff?from=${day(3)}&to=${day(7)}`);
    expect(answer.json()).toMatchObject({
      from: day(3),
      to: day(7),
      added: [],
      changed: [],
      removed: [
        {
          repository: "acme/a",
          before: { version: "1.0.0" },
          causes: [{ cause: "scan" }, { cause: "suspend" }],
        },
        { repository: "acme/b", causes: [{ at: day(6), cause: "expire" }] },
      ],
    });
  });

  test("without `to` it is compared with now, and says when that was", async () => {
    const { to, added } = (await api.send(`/api/v1/allow-list/diff?from=${day(1)}`)).json() as {
      to: string;
      added: object[];
    };
    expect(Date.parse(to)).toBeGreaterThan(Date.parse(day(9)));
    expect(added).toMatchObject([{ repository: "acme/a", after: { range: "^1" } }]);
  });

  test.each([
    ["backwards", `from=${day(5)}&to=${day(4)}`, "invalid_input"],
    ["from the future", "from=2999-01-01T00:00:00Z", "instant_in_future"],
    ["to the future", `from=${day(1)}&to=2999-01-01T00:00:00Z`, "instant_in_future"],
    ["garbage", "from=yesterday", "invalid_input"],
    ["nothing", "", "invalid_input"],
  ])("%s is refused with the next step", async (_what, query, code) => {
    const answer = await api.send(`/api/v1/allow-list/diff?${query}`);
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.json()).toMatchObject({ code, suggestion: expect.stringMatching(/\S/) });
  });
});

const REPOSITORIES = ["acme/a", "acme/b", "acme/c"] as const;
const history = fc.array(
  fc.record({
    repository: fc.constantFrom(...REPOSITORIES),
    version: fc.constantFrom(null, "1.0.0", "1.1.0", "2.0.0"),
    expiresOn: fc.option(fc.integer({ min: 1, max: 28 })),
  }),
  { minLength: 1, maxLength: 12 },
);

test("whatever happens later, a difference stays, and leads from the one list to the other", async () => {
  await fc.assert(
    fc.asyncProperty(history, history, fc.nat(27), fc.nat(27), async (early, late, one, other) => {
      await startAnew();
      const [from, to] = [Math.min(one, other) + 1, Math.max(one, other) + 1].map(day);
      if (from === undefined || to === undefined) throw new Error("two instants");
      await write(early, 2, day(Math.max(one, other) + 1));
      const then = await allowListDifference(api.db, { from, to }, TURN);
      const lists = [
        (await allowListAt(api.db, from, TURN)).items,
        (await allowListAt(api.db, to, TURN)).items,
      ];
      await write(late, 0, undefined, Date.parse(to) + 1);
      expect(await allowListDifference(api.db, { from, to }, TURN)).toEqual(then);
      expect(applied(lists[0] ?? [], then)).toEqual(lists[1]);
      for (const { causes } of then.changes) expect(causes.length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

type Happening = { repository: string; version: string | null; expiresOn: number | null };

/** One event a day from day `first` on, none after `until`; or all of them from `sinceMs` on, a millisecond apart. */
async function write(all: readonly Happening[], first: number, until: string | undefined, sinceMs?: number) {
  for (const [index, { repository, version, expiresOn }] of all.entries()) {
    const at = sinceMs === undefined ? day(first + index * 2) : new Date(sinceMs + index).toISOString();
    if (until !== undefined && at > until) return;
    const expiresAt = expiresOn === null ? null : day(expiresOn);
    await event(at, "test", repository, version === null ? null : item(repository, version, expiresAt));
  }
}

/** The list after the changes of a difference. */
function applied(before: readonly AllowListItem[], { changes }: AllowListDifference): AllowListItem[] {
  const items = new Map(before.map((each) => [each.repository, each]));
  for (const { repository, after } of changes) {
    if (after === null) items.delete(repository);
    else items.set(repository, after);
  }
  return [...items.values()].sort((a, b) => (a.repository < b.repository ? -1 : 1));
}
