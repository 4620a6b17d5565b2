import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { askGoProgram } from "@/tests/grammar/go-program";
import type { Document, Kind } from "@/tests/grammar/json/documents";
import { readDocument } from "@/tests/grammar/json/reading";

const SOURCE = fileURLToPath(new URL("./json/oracle.go", import.meta.url));

const DIGEST = `sha256:${"a".repeat(64)}`;
const descriptor = (size: string) =>
  `{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"${DIGEST}","size":${size}}`;

/** Every number of a document that Docker reads, with the spelling in its place. */
const PLACES: [name: string, kind: Kind, write: (number: string) => string][] = [
  ["schemaVersion of an index", "index", (number) => `{"schemaVersion":${number},"manifests":[]}`],
  ["size of an entry", "index", (number) => `{"schemaVersion":2,"manifests":[${descriptor(number)}]}`],
  [
    "schemaVersion of a manifest",
    "manifest",
    (number) => `{"schemaVersion":${number},"config":${descriptor("2")},"layers":[]}`,
  ],
  [
    "size of a config",
    "manifest",
    (number) => `{"schemaVersion":2,"config":${descriptor(number)},"layers":[]}`,
  ],
  [
    "size of a layer",
    "manifest",
    (number) => `{"schemaVersion":2,"config":${descriptor("2")},"layers":[${descriptor(number)}]}`,
  ],
];

const SPELLINGS = [
  ...[
    "2",
    "0",
    "-0",
    "-2",
    "2.0",
    "2.",
    "2e0",
    "2E0",
    "20e-1",
    "0.2e1",
    "0e0",
    "-0.0",
    "0.0",
    "1e3",
    "418.0",
  ],
  ...[
    "4.18e2",
    "1.5",
    "02",
    "+2",
    "0x2",
    "2_0",
    "NaN",
    "Infinity",
    '"2"',
    '" 2"',
    "true",
    "[]",
    "{}",
    "null",
  ],
  ...["9007199254740991", "9007199254740992", "9223372036854775807", "9223372036854775808"],
  ...["-9223372036854775808", "-9223372036854775809", "1e400", "1e-400", "100000000000000000000000"],
];

const cases = PLACES.flatMap(([name, kind, write]) =>
  SPELLINGS.map((spelling): { name: string; document: Document } => ({
    name: `${name}: ${spelling}`,
    document: { kind, bytes: Buffer.from(write(spelling)) },
  })),
);

let answers: string[];
beforeAll(async () => {
  const lines = cases.map(
    ({ document: { kind, bytes } }) => `${kind} ${Buffer.from(bytes).toString("base64")}`,
  );
  answers = await askGoProgram(SOURCE, lines);
}, 120_000);

describe("a number means what it means to Go, by its spelling", () => {
  test("whatever Go refuses is refused here", () => {
    const accepted = cases.filter(
      ({ document }, at) => answers[at] === "error" && readDocument(document).outcome !== "refused",
    );
    expect(accepted.map(({ name }) => name)).toEqual([]);
  });

  test("whatever both read has the same value", () => {
    const both = cases.flatMap(({ name, document }, at) => {
      const here = readDocument(document);
      const answer = answers[at] ?? "error";
      if (answer === "error" || here.outcome !== "read") return [];
      const there = readDocument({ ...document, bytes: Buffer.from(answer, "base64") });
      return [{ name, here, there }];
    });
    expect(both.filter(({ here, there }) => JSON.stringify(here) !== JSON.stringify(there))).toEqual([]);
    expect(both.map(({ name }) => name)).toContain("size of a layer: -0");
    expect(both.map(({ name }) => name)).toContain("size of a config: 9007199254740991");
  });

  test("only sizes and versions that no image has are refused here and read by Go", () => {
    const stricter = cases.filter(
      ({ document }, at) => answers[at] !== "error" && readDocument(document).outcome === "refused",
    );
    const allowed = /schemaVersion|: (?:-2|null|-?9\d{15,18})$/;
    expect(stricter.filter(({ name }) => !allowed.test(name))).toEqual([]);
    expect(answers.filter((answer) => answer === "error").length).toBeGreaterThan(100);
  });
});
