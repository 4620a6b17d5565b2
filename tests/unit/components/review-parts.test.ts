import { expect, test } from "vitest";
import { labelRows } from "@/components/admin/case/label-rows";
import { composedReason, REASON_TEMPLATES } from "@/components/admin/review/reason-templates";
import { byteSize } from "@/components/text/byte-size";
import type { PlatformReport } from "@/lib/extension/report/inspection-report";
import { digestOf } from "@/tests/builders/inspection-report";

const DIGEST = digestOf("any");

function platform(architecture: string, labels: Record<string, string>): PlatformReport {
  return {
    os: "linux",
    architecture,
    variant: null,
    digest: DIGEST,
    configDigest: DIGEST,
    sizeBytes: 1,
    created: null,
    labels,
  };
}

test("a label that differs between platforms shows the value of each", () => {
  const rows = labelRows([
    platform("amd64", { title: "A" }),
    platform("arm64", { title: "B" }),
    platform("riscv64", {}),
  ]);
  expect(rows).toEqual([
    {
      name: "title",
      values: [
        { platforms: ["linux/amd64"], value: "A" },
        { platforms: ["linux/arm64"], value: "B" },
        { platforms: ["linux/riscv64"], value: null },
      ],
    },
  ]);
});

test("extension labels come first, and shared values appear once", () => {
  const labels = { zeta: "z", "org.opencontainers.image.title": "T", "com.docker.extension.categories": "c" };
  const rows = labelRows([platform("amd64", labels), platform("arm64", labels)]);
  expect(rows.map(({ name, values }) => [name, values.length])).toEqual([
    ["com.docker.extension.categories", 1],
    ["org.opencontainers.image.title", 1],
    ["zeta", 1],
  ]);
});

test("a label named like a property of every object is only a label", () => {
  expect(labelRows([platform("amd64", {}), platform("arm64", { constructor: "x" })])).toEqual([
    {
      name: "constructor",
      values: [
        { platforms: ["linux/amd64"], value: null },
        { platforms: ["linux/arm64"], value: "x" },
      ],
    },
  ]);
});

test.each([
  ["picked alone", "Do this.", "", "Do this."],
  ["written alone", "", "  Mine. ", "Mine."],
  ["picked, with more words", "Do this.", "And that.", "Do this.\n\nAnd that."],
  ["picked and filled in by a script", "Do this.", "Do this. Soon.", "Do this. Soon."],
  ["nothing", "", " \n", ""],
])("a reason %s is said once", (_case, picked, written, reason) => {
  expect(composedReason(picked, written)).toBe(reason);
});

test("every template fits into a decision with room for more text", () => {
  for (const { text } of Object.values(REASON_TEMPLATES).flat()) expect(text.length).toBeLessThan(1_000);
});

test.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_000, "1.0 kB"],
  [12_345_678, "12.3 MB"],
  [250_000_000, "250 MB"],
  [3_000_000_000_000_000, "3000 TB"],
])("%i is %s", (bytes, words) => {
  expect(byteSize(bytes)).toBe(words);
});
