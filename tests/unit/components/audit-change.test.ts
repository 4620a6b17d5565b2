import { expect, test } from "vitest";
import { changedParts } from "@/components/admin/audit/audit-change";

test.each([
  ["nothing before and after", null, null, []],
  ["what stayed the same", { a: 1, b: [1] }, { a: 1, b: [1] }, []],
  [
    "a field that changed",
    { state: "active", track: "follow" },
    { state: "suspended", track: "follow" },
    [{ name: "state", before: "active", after: "suspended" }],
  ],
  ["a field that came", null, { name: "Ada" }, [{ name: "name", before: undefined, after: "Ada" }]],
  ["a field that went", { note: "x" }, { note: null }, [{ name: "note", before: "x", after: undefined }]],
  ["a value that is not an object", 1, 2, [{ name: "value", before: "1", after: "2" }]],
])("%s", (_what, before, after, parts) => {
  expect(changedParts(before, after)).toEqual(parts);
});
