import { expect, test } from "vitest";
import { type ListQuery, listExtensions } from "@/lib/catalog/queries/list";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import { capabilities } from "@/tests/builders/capabilities";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";
import fc from "@/tests/builders/fast-check";

const NOW = new Date("2026-11-20T12:00:00Z");
const HOST = { desktop: "4.18.0", architecture: "amd64" };

type Sample = {
  publisher: string;
  categories: string[];
  apiVersion: string;
  does: Partial<Capabilities>;
};

const anySample: fc.Arbitrary<Sample> = fc.record({
  publisher: fc.constantFrom("acme", "globex", "ghcr.io/acme"),
  categories: fc.subarray(["database", "security", "volumes"]),
  apiVersion: fc.constantFrom(">= 0.3.0", ">= 0.4.2"),
  does: fc.constantFrom({}, { dockerSocket: true }, { devices: ["/dev/kvm"], privileged: true }),
});

const anyFilter = fc.record({
  category: fc.constantFrom(undefined, "database", "ci-cd"),
  publisher: fc.constantFrom(undefined, "acme", "nobody"),
  capability: fc.constantFrom(undefined, "dockerSocket", "privileged", "devices"),
  platform: fc.constantFrom(undefined, "linux/arm64", "linux/riscv64"),
  offeredOnly: fc.boolean(),
});

function snapshotOf(samples: readonly Sample[]) {
  return buildSnapshot(
    catalogRecords(
      samples.map(({ publisher, categories, apiVersion, does }, index) => {
        const host = publisher.includes(".") ? publisher : `docker.io/${publisher}`;
        const repository = `${host}/x${index}`;
        const report = { repository, labels: { categories, apiVersion }, capabilities: capabilities(does) };
        return extensionRecord(repository, { versions: [versionRecord("1.0.0", { report })] });
      }),
    ),
    NOW,
  );
}

test("each choice of a filter brings as many as its count says", () => {
  const property = fc.property(fc.array(anySample, { maxLength: 20 }), anyFilter, (samples, filter) => {
    const snapshot = snapshotOf(samples);
    const total = (changes: Partial<ListQuery>) =>
      listExtensions(snapshot, { ...filter, host: HOST, limit: 1, ...changes }).total;
    const { facets } = listExtensions(snapshot, { ...filter, host: HOST, limit: 1 });
    for (const { value, count } of facets.categories) expect(total({ category: value })).toBe(count);
    for (const { value, count } of facets.publishers) expect(total({ publisher: value })).toBe(count);
    for (const { value, count } of facets.capabilities) expect(total({ capability: value })).toBe(count);
    for (const { value, count } of facets.platforms) expect(total({ platform: value })).toBe(count);
    expect(total({ offeredOnly: true })).toBe(facets.compatible);
  });
  fc.assert(property, { numRuns: 100 });
});

test("choices that bring nothing are left out, and without a host nothing is said about one", () => {
  const snapshot = snapshotOf([
    { publisher: "acme", categories: ["database"], apiVersion: ">= 0.3.0", does: { dockerSocket: true } },
  ]);
  expect(listExtensions(snapshot, { limit: 1 }).facets).toEqual({
    categories: [{ value: "database", count: 1 }],
    publishers: [{ value: "acme", count: 1 }],
    capabilities: expect.arrayContaining([{ value: "dockerSocket", count: 1 }]),
    platforms: [
      { value: "linux/amd64", count: 1 },
      { value: "linux/arm64", count: 1 },
    ],
    compatible: null,
  });
});

test("an extension stays in the counts of a list as long as it is listed, whatever changes beside it", () => {
  const a = extensionRecord("docker.io/acme/a");
  const before = buildSnapshot(catalogRecords([a, extensionRecord("docker.io/acme/b")]), NOW);
  expect(listExtensions(before, { limit: 1 }).facets.publishers).toEqual([{ value: "acme", count: 2 }]);
  const after = buildSnapshot(
    catalogRecords([a, extensionRecord("docker.io/globex/c")], { revision: 2n }),
    NOW,
    before,
  );
  expect(listExtensions(after, { limit: 9 }).facets.publishers).toEqual([
    { value: "acme", count: 1 },
    { value: "globex", count: 1 },
  ]);
  expect(listExtensions(after, { q: "globex", limit: 9 }).items).toHaveLength(1);
});

test("of many publishers those with the most extensions are counted, by name where they have as many", () => {
  const many = Array.from({ length: 130 }, (_none, index) =>
    extensionRecord(`docker.io/p${(index * 37) % 60}/x${index}`),
  );
  const { publishers } = listExtensions(buildSnapshot(catalogRecords(many), NOW), { limit: 1 }).facets;
  const counts = new Map<string, number>();
  for (const { repository } of many) {
    const name = repository.split("/")[1] ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const expected = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  expect(publishers).toEqual(expected.slice(0, 50));
});
