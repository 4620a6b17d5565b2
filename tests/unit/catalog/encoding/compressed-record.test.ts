import { expect, test } from "vitest";
import {
  compressedRecord,
  compressRecord,
  compressRecords,
  decompressRecord,
} from "@/lib/catalog/encoding/compressed-record";
import { prepareSnapshot } from "@/lib/catalog/snapshot/prepare-snapshot";
import { buildSnapshot } from "@/lib/catalog/snapshot/snapshot";
import { catalogRecords, extensionRecord, versionRecord } from "@/tests/builders/catalog-records";

const NOW = new Date("2026-11-20T12:00:00Z");
const RECORD = extensionRecord("docker.io/acme/a", {
  entry: { expiresAt: new Date("2027-01-01T00:00:00Z") },
  deprecated: { message: "Use b.", replacement: null },
  hiddenTags: ["0.9.0"],
  versions: [versionRecord("1.0.0"), versionRecord("1.1.0", { visibility: "yanked" })],
});

test("a packed record holds what it was made of, and packs once", async () => {
  const packed = compressRecord(RECORD);
  expect(decompressRecord(packed)).toEqual(RECORD);
  expect(packed.versions).toEqual(RECORD.versions);
  expect(packed.hiddenTags).toEqual(["0.9.0"]);
  expect(compressRecord(packed)).toBe(packed);
  expect((await compressRecords([RECORD])).map(decompressRecord)).toEqual([RECORD]);
  expect(packed.packed.byteLength).toBeLessThan(JSON.stringify(RECORD.versions).length / 2);
});

test("packed or not, a record gives the same documents", () => {
  const documents = (record: typeof RECORD) => {
    const view = buildSnapshot(catalogRecords([record]), NOW).find("acme/a");
    return [
      view?.document.stored().identity.etag,
      view?.version("1.1.0")?.stored().identity.etag,
      view?.allowListItem(),
    ];
  };
  expect(documents(compressRecord(RECORD))).toEqual(documents(RECORD));
});

test("an extension whose packed details are damaged is left out alone, and named", async () => {
  const whole = compressRecord(extensionRecord("docker.io/acme/b"));
  const damaged = compressedRecord(compressRecord(RECORD).head, whole.packed.slice(0, 40));
  const snapshot = buildSnapshot(catalogRecords([damaged, whole], { blocks: [] }), NOW);
  await prepareSnapshot(snapshot);
  expect(snapshot.damaged()).toMatchObject([{ repository: "docker.io/acme/a" }]);
  expect(snapshot.find("acme/a")).toBeUndefined();
  expect(snapshot.listed().map(({ repository }) => repository)).toEqual(["acme/b"]);
  expect(snapshot.allowListItems().map(({ repository }) => repository)).toEqual(["acme/b"]);
});
