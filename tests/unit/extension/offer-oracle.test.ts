import { describe, expect, test } from "vitest";
import type { Host } from "@/lib/extension/desktop/desktop-release";
import { latestOf, offerFor } from "@/lib/extension/offer/offer";
import { release } from "@/tests/builders/desktop-releases";
import fc from "@/tests/builders/fast-check";
import { offerable } from "@/tests/builders/offerable-versions";

/*
 * An oracle without intervals, parsing or shortcuts: API versions are pairs on a grid that reaches beyond every
 * number in play, labels are evaluated point by point, and versions are compared pair by pair.
 */

type Api = readonly [minor: number, patch: number];
type Comparator = { sign: string; api: Api };
/** OR of ANDs; null = a label that cannot be read. */
type Label = Comparator[][] | null;
type Case = { core: number; rc: number; label: Label; architectures: string[] };
type Row = { desktop: number; api: Api | null };
type Asker = { desktop: number } | { api: Api };

const HIGHEST = 5;
const GRID: Api[] = range(HIGHEST).flatMap((minor) => range(HIGHEST).map((patch): Api => [minor, patch]));

const small = fc.integer({ min: 0, max: 3 });
const api = fc.tuple(small, small);
const comparator = fc.record({ sign: fc.constantFrom(">=", "<=", "<", ">", "=", "!=", "~", "^", ""), api });
const label: fc.Arbitrary<Label> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 12,
    arbitrary: fc.array(fc.array(comparator, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
  },
);
const versions = fc.uniqueArray(
  fc.record({
    core: fc.integer({ min: 1, max: 12 }),
    rc: fc.integer({ min: 0, max: 2 }),
    label,
    architectures: fc.subarray(["amd64", "arm64"]),
  }),
  { selector: ({ core, rc }) => `${core}/${rc}`, maxLength: 8 },
);
const rows = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
    fc.array(fc.option(api, { freq: 4 }), { minLength: 5, maxLength: 5 }),
  )
  .map(([desktops, apis]) => inOrder(desktops, apis));
const asker: fc.Arbitrary<Asker> = fc.oneof(
  fc.record({ desktop: fc.integer({ min: 0, max: 10 }) }),
  fc.record({ api }),
);

describe("who gets what, against brute force", () => {
  test("the offer is the newest of the channel that has the platform and surely or by assumption runs", () => {
    fc.assert(
      fc.property(
        versions,
        rows,
        asker,
        fc.constantFrom("amd64", "arm64"),
        fc.constantFrom("stable", "prerelease"),
        fc.constantFrom("minimum", "exact"),
        (cases, history, who, architecture, channel, reading) => {
          const readable = cases.map((one) => ({ ...one, label: readAs(one.label, reading) }));
          const candidates = readable
            .filter(({ rc }) => channel === "prerelease" || rc === 0)
            .sort(newerFirst);
          const fitting = candidates.find(
            (one) =>
              one.architectures.includes(architecture) && verdictOf(one.label, who, history) === "compatible",
          );
          const host: Host = { ...hostOf(who), architecture, channel };
          const answer = offerFor(cases.map(built), host, history.map(listed), { bareApiVersion: reading });
          expect(answer.offer?.tag).toBe(fitting && tagOf(fitting));
          expect(answer.newest?.tag).toBe(candidates[0] && tagOf(candidates[0]));
          const codeOf = (one: Case) => reasonOf(readable, [one], architecture, who, history);
          const isSoon = fitting === undefined && candidates.map(codeOf).includes("needs_newer_desktop");
          expect(answer.reason.code).toBe(
            isSoon ? "needs_newer_desktop" : reasonOf(readable, candidates, architecture, who, history),
          );
          const isAssumed = fitting !== undefined && !("exact" in knownOf(who, history));
          expect(answer.offer?.confidence === "assumed").toBe(isAssumed);
        },
      ),
      { numRuns: 2_500 },
    );
  }, 60_000);

  test("the latest is the newest for both platforms among those that some known release runs, or else among all", () => {
    fc.assert(
      fc.property(versions, rows, (cases, history) => {
        const stable = cases.filter(({ rc }) => rc === 0).sort(newerFirst);
        const runs = (one: Case) =>
          history.some((row) => row.api !== null && admits(readAs(one.label, "minimum"), row.api));
        const among = stable.some(runs) ? stable.filter(runs) : stable;
        const expected = among.find(({ architectures }) => architectures.length === 2) ?? among[0];
        const { latest } = latestOf(cases.map(built), history.map(listed), { bareApiVersion: "minimum" });
        expect(latest?.tag).toBe(expected && tagOf(expected));
      }),
      { numRuns: 1_000 },
    );
  });
});

function verdictOf(given: Label, who: Asker, history: Row[]): "compatible" | "incompatible" | "unknown" {
  if (given === null) return "unknown";
  const known = knownOf(who, history);
  if (known.possible.length === 0) return "unknown";
  const fits = known.possible.map((point) => admits(given, point));
  if (fits.every((fit) => fit)) return "compatible";
  return fits.some((fit) => fit) ? "unknown" : "incompatible";
}

/** Every API version that the asker may have; none when nothing is on record. */
function knownOf(who: Asker, history: Row[]): { possible: Api[]; exact?: true } {
  if ("api" in who) return { possible: [who.api], exact: true };
  const row = history.find(({ desktop }) => desktop === who.desktop);
  if (row?.api) return { possible: [row.api], exact: true };
  const known = history.flatMap(({ desktop, api: at }) => (at === null ? [] : [{ desktop, api: at }]));
  if (known.length === 0) return { possible: [] };
  const below = known.filter(({ desktop }) => desktop < who.desktop).at(-1)?.api;
  const above = known.find(({ desktop }) => desktop > who.desktop)?.api;
  return {
    possible: GRID.filter(
      (point) => (!below || compare(point, below) >= 0) && (!above || compare(point, above) <= 0),
    ),
  };
}

function reasonOf(all: Case[], candidates: Case[], architecture: string, who: Asker, history: Row[]): string {
  const [newest] = candidates;
  if (newest === undefined) return all.length === 0 ? "nothing_offerable" : "prerelease_only";
  const { label: needed } = newest;
  if (needed === null) return "requirement_unreadable";
  if (!newest.architectures.includes(architecture)) return "no_platform";
  const verdict = verdictOf(needed, who, history);
  if (verdict === "compatible") return "newest";
  const apis = history.flatMap(({ api: at }) => (at === null ? [] : [at]));
  if (verdict === "unknown") return "unknown_desktop";
  const { possible } = knownOf(who, history);
  const running = apis.filter((at) => admits(needed, at));
  if (running.some((at) => possible.every((point) => compare(at, point) > 0))) return "needs_newer_desktop";
  return running.length > 0 ? "needs_older_desktop" : "never_compatible";
}

function admits(given: Label, point: Api): boolean {
  return given?.some((group) => group.every((one) => admitsOne(one, point))) ?? false;
}

function admitsOne({ sign, api: [minor, patch] }: Comparator, point: Api): boolean {
  const order = compare(point, [minor, patch]);
  switch (sign) {
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case "<":
      return order < 0;
    case ">":
      return order > 0;
    case "!=":
      return order !== 0;
    case "~":
      return order >= 0 && (point[0] === minor || (minor === 0 && patch === 0));
    case "^":
      return order >= 0 && point[0] === minor && (minor > 0 || point[1] === patch);
    default:
      return order === 0;
  }
}

/** A single version without sign is a minimum or exact, by policy. */
function readAs(given: Label, reading: string): Label {
  const [group] = given ?? [];
  const [only] = group ?? [];
  const isBare = given?.length === 1 && group?.length === 1 && only?.sign === "";
  return isBare && only !== undefined && reading === "minimum" ? [[{ ...only, sign: ">=" }]] : given;
}

function built({ core, rc, label: given, architectures }: Case) {
  const raw = given
    ?.map((group) => group.map(({ sign, api: at }) => `${sign}${textOf(at)}`).join(", "))
    .join(" || ");
  return offerable(tagOf({ core, rc }), raw ?? "?", {
    platforms: architectures.map((architecture) => ({ os: "linux", architecture })),
  });
}

function listed({ desktop, api: at }: Row) {
  return release(`4.${desktop}.0`, at && textOf(at), "verified");
}

function hostOf(who: Asker): Pick<Host, "api" | "desktop"> {
  return "api" in who ? { api: textOf(who.api) } : { desktop: `4.${who.desktop}.0` };
}

/** Rows whose API never falls as the Desktop version rises. */
function inOrder(desktops: number[], apis: (Api | null)[]): Row[] {
  const known = apis.filter((at) => at !== null).sort(compare);
  const sorted = apis.map((at) => (at === null ? null : (known.shift() ?? null)));
  return desktops.sort((a, b) => a - b).map((desktop, index) => ({ desktop, api: sorted[index] ?? null }));
}

function newerFirst(a: Case, b: Case): number {
  // A release candidate precedes its release; candidate 0 stands for the release itself.
  return b.core - a.core || (b.rc === 0 ? 9 : b.rc) - (a.rc === 0 ? 9 : a.rc);
}

function tagOf({ core, rc }: Pick<Case, "core" | "rc">): string {
  return rc === 0 ? `1.${core}.0` : `1.${core}.0-rc.${rc}`;
}

function textOf([minor, patch]: Api): string {
  return `0.${minor}.${patch}`;
}

function compare(a: Api, b: Api): number {
  return a[0] - b[0] || a[1] - b[1];
}

function range(highest: number): number[] {
  return Array.from({ length: highest + 1 }, (_, index) => index);
}
