import { describe, expect, test } from "vitest";
import type { ObservedTag } from "@/lib/marketplace/rows/observed-tag";
import type { FailedInspection } from "@/lib/marketplace/scans/failed-inspections";
import type { KnownVersion } from "@/lib/marketplace/scans/open-scan";
import { planInspections, planScan } from "@/lib/scanning/tags/plan-scan";
import { retryState } from "@/lib/scanning/tags/retry-state";
import { NEWEST } from "@/lib/scanning/tags/tags-to-look-at";

const NOW = new Date("2026-11-20T12:00:00Z");
const DUE = new Date(NOW.getTime() - 1_000);
const LATER = new Date(NOW.getTime() + 60_000);

const failing = (tag: string, digest: string | undefined, nextTryAt: Date | undefined): FailedInspection => ({
  tag,
  digest,
  attempts: 1,
  error: { code: "registry_error", message: "It answered 500.", suggestion: null },
  lastTriedAt: DUE,
  nextTryAt,
});

const accepted = (digest: string, movedDigest: string | null = null): KnownVersion => ({
  digest,
  movedDigest,
  missing: false,
});

type Known = { versions?: Record<string, KnownVersion>; failing?: FailedInspection[] };
const known = ({ versions = {}, failing: before = [] }: Known) => ({
  versions: new Map(Object.entries(versions)),
  retry: retryState(before, NOW, 0),
});

const NOTHING: string[] = [];
const at = (tag: string, digest: string): ObservedTag => ({ tag, digest });

describe("the plan of a scan", () => {
  test.each<[string, Known, string[], { lookUp: string[]; remembered?: ObservedTag[]; waiting?: string[] }]>([
    ["looks new tags up", {}, ["2.0.0", "1.0.0"], { lookUp: ["2.0.0 new", "1.0.0 new"] }],
    ["looks known tags up", { versions: { "1.0.0": accepted("a") } }, ["1.0.0"], { lookUp: ["1.0.0"] }],
    [
      "leaves a tag alone about which the registry could not answer until its retry is due",
      { failing: [failing("1.0.0", undefined, LATER), failing("2.0.0", undefined, DUE)] },
      ["2.0.0", "1.0.0"],
      { lookUp: ["2.0.0 new"], waiting: ["1.0.0"] },
    ],
    [
      "looks tags up last that failed before, so that they hold no other up",
      { failing: [failing("3.0.0", "x", DUE)] },
      ["3.0.0", "2.0.0", "1.0.0"],
      { lookUp: ["2.0.0 new", "1.0.0 new", "3.0.0 new"] },
    ],
    [
      "looks a failed tag up whose retry is not due, since it may have moved",
      { failing: [failing("1.0.0", "x", LATER)] },
      ["1.0.0"],
      { lookUp: ["1.0.0"] },
    ],
  ])("%s", (_name, facts, tags, expected) => {
    const plan = planScan({ ...known(facts), tags, round: 0 });
    expect({
      ...plan,
      lookUp: plan.lookUp.map(({ tag, isNew }) => (isNew ? `${tag} new` : tag)),
    }).toEqual({ remembered: NOTHING, waiting: NOTHING, ...expected });
  });

  test("counts older tags with their last digest when it is not their turn, and looks all up on request", () => {
    const tags = Array.from({ length: NEWEST + 20 }, (_, index) => `${NEWEST + 20 - index}.0.0`);
    const versions = Object.fromEntries(tags.map((tag) => [tag, accepted(`of ${tag}`, `new ${tag}`)]));
    const scheduled = planScan({ ...known({ versions }), tags, round: 0 });
    expect(scheduled.remembered.length).toBeGreaterThan(0);
    expect(scheduled.remembered.length + scheduled.lookUp.length).toBe(tags.length);
    for (const { tag, digest } of scheduled.remembered) expect(digest).toBe(`new ${tag}`);
    const requested = planScan({ ...known({ versions }), tags, round: undefined });
    expect(requested).toMatchObject({ remembered: [], waiting: [] });
    expect(requested.lookUp.map(({ tag }) => tag)).toEqual(tags);
  });
});

describe("the plan of inspections", () => {
  test.each<[string, Known, ObservedTag[], string[], { due: ObservedTag[]; waiting: string[] }]>([
    ["has new tags", {}, [at("1.0.0", "a")], [], { due: [at("1.0.0", "a")], waiting: [] }],
    [
      "has no tag that points to its accepted digest or to the one it is known to have moved to",
      { versions: { "1.0.0": accepted("a"), "2.0.0": accepted("b", "c") } },
      [at("1.0.0", "a"), at("2.0.0", "b"), at("2.0.0", "c")],
      [],
      { due: [], waiting: [] },
    ],
    [
      "has a tag that moved to a digest that nobody has seen",
      { versions: { "1.0.0": accepted("a", "b") } },
      [at("1.0.0", "c")],
      [],
      { due: [at("1.0.0", "c")], waiting: [] },
    ],
    [
      "has no tag that collides",
      {},
      [at("1.0.0", "a"), at("v1.0.0", "b")],
      ["v1.0.0"],
      { due: [at("1.0.0", "a")], waiting: [] },
    ],
    [
      "waits with a digest that failed until its retry is due",
      {
        failing: [failing("1.0.0", "a", LATER), failing("2.0.0", "b", DUE), failing("3.0.0", "c", undefined)],
      },
      [at("1.0.0", "a"), at("2.0.0", "b"), at("3.0.0", "c")],
      [],
      { due: [at("2.0.0", "b")], waiting: ["1.0.0", "3.0.0"] },
    ],
    [
      "does not wait once the tag points elsewhere",
      { failing: [failing("1.0.0", "a", LATER)] },
      [at("1.0.0", "b")],
      [],
      { due: [at("1.0.0", "b")], waiting: [] },
    ],
  ])("%s", (_name, facts, observed, collisions, expected) => {
    const pairs = collisions.map((tag) => ({ dropped: tag, kept: tag.slice(1) }));
    expect(planInspections({ ...known(facts), observed, collisions: pairs })).toEqual(expected);
  });

  test.each([
    ["v2.0.0", "2.0.0"],
    ["2.0.0", "v2.0.0"],
  ])("inspects the new spelling beside the known %s", (before, later) => {
    const facts = known({ versions: { [before]: accepted("a") } });
    const observed = [at(before, "a"), at(later, "b")];
    const collisions = [{ kept: "2.0.0", dropped: "v2.0.0" }];
    expect(planInspections({ ...facts, observed, collisions }).due).toEqual([at(later, "b")]);
  });
});
