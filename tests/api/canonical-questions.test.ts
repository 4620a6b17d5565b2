import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { changedSince, knownRevision } from "@/lib/catalog/snapshot/changed-since";
import type { CatalogRecords } from "@/lib/catalog/views/records";
import { seedDesktopReleases } from "@/lib/marketplace/desktop-releases/seed-desktop-releases";
import fc from "@/tests/builders/fast-check";
import { type PublicApi, startPublicApi } from "@/tests/support/public-api";

let api: PublicApi;

beforeAll(async () => {
  api = await startPublicApi();
  await seedDesktopReleases(api.db);
  await api.catalog.refresh();
});
afterAll(() => api.close());

test.each([
  ["/api/v1/extensions?desktop=4.44.0&arch=vax"],
  ["/api/v1/exports/docker-desktop/extensions.txt?desktop=4.44.0&arch=vax"],
])("%s is refused: no image is built for that architecture", async (path) => {
  const answer = await api.send(path);
  expect([answer.status, answer.json()]).toMatchObject([
    400,
    { code: "invalid_input", detail: expect.stringContaining("known architecture such as amd64 or arm64") },
  ]);
});

test("spellings of one host share one making, and hosts that no release knows are kept nowhere", async () => {
  const { slowDocuments } = api.catalog.current();
  const made = vi.spyOn(slowDocuments, "run");
  const text = (query: string) => api.send(`/api/v1/exports/docker-desktop/extensions.txt?${query}`);
  const [release] = api.catalog.current().records.releases;
  const known = release?.version ?? "";
  for (const query of [`desktop=v${known}&arch=x86_64`, `arch=amd64&desktop=${known}`])
    expect((await text(query)).status).toBe(200);
  for (let patch = 0; patch < 20; patch += 1)
    expect((await text(`desktop=1.0.${patch}&arch=amd64`)).status).toBe(200);
  expect(new Set(made.mock.calls.map(([name]) => name)).size).toBe(1);
  made.mockRestore();
});

test("all revisions with the same changes after them are one, and it says the same", () => {
  const revisions = fc.array(fc.bigInt({ min: 1n, max: 50n }), { maxLength: 8 });
  fc.assert(
    fc.property(
      revisions,
      fc.bigInt({ min: 0n, max: 20n }),
      fc.bigInt({ min: 0n, max: 60n }),
      (all, whole, since) => {
        const extensions = new Map(
          all.map((revision, index) => [`${index}`, { revision, entry: { state: "revoked" } }]),
        );
        const records = { revision: 50n, wholeRevision: whole, extensions } as unknown as CatalogRecords;
        const now = new Date();
        const known = knownRevision(records, since);
        const expected = changedSince(records, since, now);
        if (known === undefined) {
          expect(expected).toBeUndefined();
          return;
        }
        expect(changedSince(records, known, now)).toEqual(expected);
        expect([whole, ...all]).toContain(known);
      },
    ),
  );
});
