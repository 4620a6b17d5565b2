import { expect, test } from "vitest";
import { supplyChainFacts } from "@/lib/extension/report/supply-chain-labels";
import { NOTHING_KNOWN } from "@/lib/extension/report/supply-chain-report";

test.each([
  ["https://slsa.dev/provenance/v0.2", "SLSA provenance 0.2"],
  ["https://slsa.dev/provenance/v1", "SLSA provenance 1"],
  ["https://spdx.dev/Document", "SPDX"],
  ["https://spdx.dev/Document/v2.3", "SPDX 2.3"],
  ["https://cyclonedx.org/bom", "CycloneDX"],
  ["https://cyclonedx.org/bom/v1.5", "CycloneDX 1.5"],
  ["https://spdx.dev.acme.example/Document", "https://spdx.dev.acme.example/Document"],
  ["urn:of-our-own", "urn:of-our-own"],
])("a statement of type %s is called %s", (predicateType, expected) => {
  const provenance = { predicateType, builder: null, source: null };
  const facts = supplyChainFacts({ ...NOTHING_KNOWN, provenance, sbom: predicateType });
  expect(facts.filter(({ term }) => term === "Provenance" || term === "Bill of materials")).toEqual([
    { term: "Provenance", said: [expected] },
    { term: "Bill of materials", said: [expected] },
  ]);
});
