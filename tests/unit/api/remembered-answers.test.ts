import { afterEach, expect, test } from "vitest";
import { createDispatch, type Outcome } from "@/lib/api/dispatch";
import type { ApiRequest } from "@/lib/api/route";
import { ROUTES } from "@/lib/api/table";
import { type Catalog, catalog } from "@/lib/catalog/catalog";
import { buildSnapshot, type Snapshot } from "@/lib/catalog/snapshot/snapshot";
import { BODY_BYTES_MAX, knownText, UpdateBodies } from "@/lib/catalog/snapshot/update-bodies";
import { ANONYMOUS } from "@/lib/journal/actor";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import fc from "@/tests/builders/fast-check";

const NOW = new Date("2026-11-20T12:00:00Z");
const EXPIRES = new Date("2026-11-21T12:00:00Z");
const LENS = "docker.io/acme/lens";

const dispatch = createDispatch(ROUTES, { authenticate: async () => ANONYMOUS });

afterEach(() => catalog.clear());

function lens(...tags: string[]): Snapshot {
  const record = extensionRecord(LENS, {
    versions: tags.map((tag) => versionRecord(tag)),
    entry: { expiresAt: EXPIRES },
  });
  return buildSnapshot(catalogRecords([record]), NOW);
}

/** What is answered while `snapshot` is the newest. */
async function ask(snapshot: Snapshot, body: Buffer): Promise<Outcome["answer"]> {
  catalog.set(catalogOf(snapshot));
  return (await dispatch(updates(body))).answer;
}

/** The update check asks a catalog for nothing else. */
function catalogOf(snapshot: Snapshot): Catalog {
  const catalogOfOne: Pick<Catalog, "current"> = { current: () => snapshot };
  return catalogOfOne as Catalog;
}

function updates(body: Buffer): ApiRequest {
  return {
    method: "POST",
    path: "/api/v1/updates",
    query: undefined,
    header: (name) => (name === "content-type" ? "application/json" : undefined),
    body: async () => body,
    signal: () => new AbortController().signal,
    ip: "198.51.100.7",
    requestId: "1",
  };
}

const QUESTION = Buffer.from(
  JSON.stringify({
    client: { desktop: "4.44.0", arch: "arm64" },
    installed: [{ repository: "acme/lens", tag: "1.0.0" }],
  }),
);

test("the same bytes are answered from the snapshot of the moment, never from one before", async () => {
  const before = lens("1.0.0");
  expect(textOf(await ask(before, QUESTION))).toContain('"up_to_date"');
  expect(textOf(await ask(before, QUESTION))).toContain('"up_to_date"');
  const after = lens("1.0.0", "1.2.0");
  expect(textOf(await ask(after, QUESTION))).toContain('"newer_version"');
  const expired = buildSnapshot(after.records, EXPIRES, after);
  expect(textOf(await ask(expired, QUESTION))).toContain('"entry_expired"');
});

const word = fc.constantFrom(
  "acme/lens",
  "docker.io/acme/lens",
  "1.0.0",
  "1.2.0",
  "latest",
  "ü",
  "\u0000",
  "",
);
const item = fc.oneof(fc.record({ repository: word, tag: word, digest: word }, { requiredKeys: [] }), word);
const question = fc.record(
  {
    client: fc.record(
      {
        desktop: fc.constantFrom("4.44.0", "4.18.0", "new"),
        api: word,
        arch: fc.constantFrom("arm64", "x86_64"),
      },
      { requiredKeys: [] },
    ),
    installed: fc.array(item, { maxLength: 4 }),
    more: word,
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  { weight: 4, arbitrary: question.map((value) => Buffer.from(JSON.stringify(value))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)) },
);

test("a remembered answer is the one that a snapshot without memories gives", async () => {
  const asked = lens("1.0.0", "1.2.0");
  await fc.assert(
    fc.asyncProperty(body, async (bytes) => {
      const fresh = await ask(lens("1.0.0", "1.2.0"), bytes);
      expect(await ask(asked, bytes)).toEqual(fresh);
      expect(await ask(asked, bytes)).toEqual(fresh);
    }),
    { numRuns: 200 },
  );
});

test("bodies that differ in one byte have answers of their own", () => {
  const bodies = new UpdateBodies(10_000);
  const alike = [Buffer.from([0xc3, 0xbc]), Buffer.from([0xfc]), Buffer.from([0xff]), Buffer.from([0xfe])];
  for (const [index, bytes] of alike.entries()) bodies.set(bytes, knownText(`answer ${index}`));
  expect(alike.map((bytes) => bodies.get(bytes)?.text)).toEqual(
    [0, 1, 2, 3].map((index) => `answer ${index}`),
  );
});

test("as many characters are kept as there is room for, of bodies that are not too long", () => {
  const bodies = new UpdateBodies(1_000);
  const named = (index: number) => Buffer.from(`body ${index}`);
  for (let index = 0; index < 100; index += 1) bodies.set(named(index), knownText("x".repeat(90)));
  expect(bodies.get(named(99))).toBeDefined();
  const kept = Array.from({ length: 100 }, (_none, index) => bodies.get(named(index))).filter(Boolean);
  expect(kept.length).toBeGreaterThanOrEqual(5);
  expect(kept.length).toBeLessThanOrEqual(10);
  const roomy = new UpdateBodies(1_000_000);
  for (const [bytes, isKept] of [
    [BODY_BYTES_MAX, true],
    [BODY_BYTES_MAX + 1, false],
  ] as const) {
    roomy.set(Buffer.alloc(bytes), knownText("x"));
    expect(roomy.get(Buffer.alloc(bytes)) !== undefined).toBe(isKept);
  }
});

function textOf(answer: Outcome["answer"]): string {
  return answer.kind === "text" ? answer.text.text : "";
}
