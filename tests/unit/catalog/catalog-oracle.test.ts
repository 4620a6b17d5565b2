import { expect, test } from "vitest";
import { z } from "zod";
import { updateItemSchema } from "@/lib/api/schemas/updates";
import { updatesJson } from "@/lib/catalog/queries/updates";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import fc from "@/tests/builders/fast-check";
import { inspectionReport } from "@/tests/builders/inspection-report";

/*
 * Records and hosts at random, and what is offered worked out the long way: API versions are numbers on a short line,
 * labels and tracks are predicates written by hand beside their texts, versions are compared pair by pair. Nothing of
 * the code under test is used for it.
 */

const NOW = new Date("2026-11-20T12:00:00Z");
const RUNS = 1_200;

/** API versions as 100 × minor + patch; 0.9.9 stands for all that is above every release on record. */
const LINE = [0, 100, 202, 203, 204, 300, 301, 303, 304, 305, 309, 400, 401, 402, 403, 500, 909];

/** A label, what it admits when it is read as a minimum, and when exactly. */
type Label = { text: string; minimum: (api: number) => boolean; exact: (api: number) => boolean };
const same = (text: string, admits: (api: number) => boolean): Label => ({
  text,
  minimum: admits,
  exact: admits,
});
const never = () => false;
const LABELS: Label[] = [
  same(">= 0.2.3", (api) => api >= 203),
  same(">=0.3.0, <0.4", (api) => api >= 300 && api < 400),
  same("^0.3", (api) => api >= 300 && api < 400),
  same("0.3.x || >= 0.4.2", (api) => (api >= 300 && api < 400) || api >= 402),
  same("!=0.3.4", (api) => api !== 304),
  same(">= 1.4.7, < 2.0", never),
  same("<= 0.3.3", (api) => api <= 303),
  same("=0.4.2", (api) => api === 402),
  same(`$\{VERSION}`, never),
  same("", never),
  { text: "0.3.4", minimum: (api) => api >= 304, exact: (api) => api === 304 },
  { text: "0.4", minimum: (api) => api >= 400, exact: (api) => api >= 400 && api < 500 },
];

/** Hosts, and every API version that they may have. */
const HOSTS: { client: { desktop: string } | { api: string }; apis: number[]; sure: boolean }[] = [
  { client: { desktop: "4.5.0" }, apis: LINE.filter((api) => api <= 203), sure: false },
  { client: { desktop: "4.8" }, apis: [203], sure: true },
  { client: { desktop: "4.15.0" }, apis: LINE.filter((api) => api >= 300 && api <= 303), sure: false },
  { client: { desktop: "4.18.0" }, apis: [304], sure: true },
  { client: { desktop: "4.30.0" }, apis: [304], sure: false },
  { client: { desktop: "4.42.0" }, apis: LINE.filter((api) => api >= 304 && api <= 402), sure: false },
  { client: { desktop: "4.44.0" }, apis: [402], sure: true },
  { client: { desktop: "5.0.0" }, apis: LINE.filter((api) => api >= 402), sure: false },
  { client: { api: "0.3.0" }, apis: [300], sure: true },
];

/** The API versions of the releases in the builders' table. */
const RELEASED = [203, 300, 303, 304, 402];

const TRACKS = [
  { range: "^1", admits: (version: Version) => version.rc === 0 },
  { range: ">= 1.2, < 1.4", admits: ({ core, rc }: Version) => rc === 0 && core >= 2 && core < 4 },
  { range: "^1.3.0-0", admits: ({ core }: Version) => core >= 3 },
];

type Version = {
  core: number;
  /** 0 = the release itself. */
  rc: number;
  v: boolean;
  label: number;
  architectures: string[];
  visibility: "listed" | "yanked" | "blocked" | "hidden";
};

const { platforms: PLATFORMS } = inspectionReport("any");

const version: fc.Arbitrary<Version> = fc.record({
  core: fc.integer({ min: 0, max: 5 }),
  rc: fc.integer({ min: 0, max: 2 }),
  v: fc.boolean(),
  label: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.nat({ max: LABELS.length - 1 }) },
  ),
  architectures: fc.subarray(["amd64", "arm64"], { minLength: 1 }),
  visibility: fc.oneof(
    { weight: 6, arbitrary: fc.constant("listed" as const) },
    { weight: 3, arbitrary: fc.constantFrom("yanked" as const, "blocked" as const, "hidden" as const) },
  ),
});

const world = fc.record({
  versions: fc.uniqueArray(version, { selector: ({ core, rc }) => `${core}/${rc}`, maxLength: 9 }),
  track: fc.oneof(
    { weight: 3, arbitrary: fc.constant({ kind: "follow" as const }) },
    {
      weight: 2,
      arbitrary: fc.nat({ max: TRACKS.length - 1 }).map((index) => ({ kind: "range" as const, index })),
    },
    { weight: 1, arbitrary: fc.nat().map((place) => ({ kind: "pin" as const, place })) },
  ),
  state: fc.oneof(
    { weight: 9, arbitrary: fc.constant("active" as const) },
    { weight: 1, arbitrary: fc.constantFrom("suspended" as const, "revoked" as const, "expired" as const) },
  ),
  reading: fc.constantFrom("minimum" as const, "exact" as const),
  channel: fc.constantFrom("stable" as const, "prerelease" as const),
  architecture: fc.constantFrom("amd64", "arm64"),
  unseen: fc.record({ core: fc.integer({ min: 0, max: 6 }), rc: fc.integer({ min: 0, max: 3 }) }),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

test("offers, latest and update checks equal what is worked out the long way", () => {
  let cases = 0;
  fc.assert(
    fc.property(world, (given) => {
      const snapshot = snapshotOf(given);
      const view = snapshot.find("acme/lens");
      const { latest } = view?.summary() ?? {};
      expect(latest?.tag).toBe(tagOf(latestIn(given)));
      for (const host of HOSTS) {
        cases += 1;
        const offered = offerIn(given, host);
        const { offer } =
          view?.offer({ ...host.client, architecture: given.architecture, channel: given.channel }) ?? {};
        expect(offer?.tag).toBe(tagOf(offered));
        if (offer) {
          expect(offer.confidence === "assumed").toBe(!host.sure);
          expect(offer.reference).toBe(`acme/lens@${offered && digestOfTag(offered)}`);
        }
        expectActions(given, snapshot, host, offered);
      }
    }),
    { numRuns: RUNS },
  );
  expect(cases).toBeGreaterThanOrEqual(10_000);
}, 60_000);

function expectActions(
  given: World,
  snapshot: Snapshot,
  host: (typeof HOSTS)[number],
  offered: Version | undefined,
): void {
  const { architecture: arch, channel } = given;
  const installed = [...given.versions.map((one) => tagOf(one)), tagOf({ ...given.unseen, v: false })].map(
    (tag) => ({
      repository: "acme/lens",
      tag,
    }),
  );
  const text = updatesJson(snapshot, { ...host.client, arch, channel }, installed);
  const { items } = z.object({ items: z.array(updateItemSchema) }).parse(JSON.parse(text));
  const expected = [...given.versions, undefined].map((one) => actionIn(given, one, offered));
  expect(items.map(({ action }) => action)).toEqual(expected);
  for (const [index, { action, target }] of items.entries()) {
    const leads = ["update", "yanked", "blocked"].includes(action) && given.state === "active";
    if (leads) expect([index, target?.tag]).toEqual([index, tagOf(offered)]);
    if (action === "none" || action === "not_listed") expect(target).toBeNull();
  }
}

/** `one` undefined: the tag that was perhaps never seen. */
function actionIn(given: World, one: Version | undefined, offered: Version | undefined): string {
  const { core, rc } = one ?? given.unseen;
  const known =
    one ??
    given.versions.find((other) => other.core === core && other.rc === rc && other.visibility !== "hidden");
  const seen = known ?? given.versions.find((other) => other.core === core && other.rc === rc && !other.v);
  if (known?.visibility === "blocked") return "blocked";
  if (given.state !== "active") return "not_listed";
  if (known?.visibility === "yanked") return "yanked";
  const order = offered === undefined ? undefined : newer({ core, rc }, offered);
  if (seen === undefined) return order === true ? "none" : "unknown";
  return order === false ? "update" : "none";
}

/** Undefined when they are the same version. */
function newer(a: Pick<Version, "core" | "rc">, b: Pick<Version, "core" | "rc">): boolean | undefined {
  if (a.core !== b.core) return a.core > b.core;
  if (a.rc === b.rc) return undefined;
  if (a.rc === 0 || b.rc === 0) return a.rc === 0;
  return a.rc > b.rc;
}

function admitted({ versions, track, state }: World): Version[] {
  if (state !== "active") return [];
  const listed = versions.filter(({ visibility }) => visibility === "listed");
  switch (track.kind) {
    case "follow":
      return listed;
    case "range":
      return listed.filter((one) => TRACKS[track.index]?.admits(one));
    case "pin":
      return listed.filter((one) => one === versions[track.place % versions.length]);
  }
}

function newestOf(versions: Version[]): Version | undefined {
  return versions.find((one) => versions.every((other) => one === other || newer(one, other)));
}

function offerIn(given: World, { apis }: (typeof HOSTS)[number]): Version | undefined {
  const { reading, architecture, channel } = given;
  return newestOf(
    admitted(given).filter(
      ({ label, architectures, rc }) =>
        (channel === "prerelease" || rc === 0) &&
        architectures.includes(architecture) &&
        apis.every((api) => LABELS[label]?.[reading](api)),
    ),
  );
}

function latestIn(given: World): Version | undefined {
  const stable = admitted(given).filter(({ rc }) => rc === 0);
  const runs = stable.filter(({ label }) => RELEASED.some((api) => LABELS[label]?.[given.reading](api)));
  const among = runs.length > 0 ? runs : stable;
  return newestOf(among.filter(({ architectures }) => architectures.length === 2)) ?? newestOf(among);
}

function tagOf(one: Pick<Version, "core" | "rc" | "v">): string;
function tagOf(one: Pick<Version, "core" | "rc" | "v"> | undefined): string | undefined;
function tagOf(one: Pick<Version, "core" | "rc" | "v"> | undefined): string | undefined {
  return one && `${one.v ? "v" : ""}1.${one.core}.0${one.rc === 0 ? "" : `-rc.${one.rc}`}`;
}

function recordOf(one: Version) {
  const { visibility, label, architectures } = one;
  const raw = LABELS[label]?.text ?? null;
  return versionRecord(tagOf(one), {
    visibility: visibility === "hidden" ? "listed" : visibility,
    report: {
      labels: { apiVersion: raw },
      platforms: PLATFORMS.filter(({ architecture }) => architectures.includes(architecture)),
      requirements: architectures.map((architecture) => ({ platform: `linux/${architecture}`, raw })),
    },
  });
}

function digestOfTag(one: Version): string {
  return versionRecord(tagOf(one)).digest;
}

function snapshotOf(given: World) {
  const { versions, track, state, reading } = given;
  const pinned = track.kind === "pin" ? versions[track.place % versions.length] : undefined;
  const record = extensionRecord("docker.io/acme/lens", {
    versions: versions.filter(({ visibility }) => visibility !== "hidden").map(recordOf),
    hiddenTags: versions.filter(({ visibility }) => visibility === "hidden").map((one) => tagOf(one)),
    entry: {
      state,
      ...(track.kind === "range" ? { track: "range", range: TRACKS[track.index]?.range ?? null } : {}),
      ...(pinned ? { track: "pin", pinTag: tagOf(pinned), pinDigest: digestOfTag(pinned) } : {}),
    },
  });
  const { policy } = catalogRecords([]);
  return buildSnapshot(catalogRecords([record], { policy: { ...policy, bareApiVersion: reading } }), NOW);
}
