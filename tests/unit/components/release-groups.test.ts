import { expect, test } from "vitest";
import { groupByApi, groupTitle } from "@/components/admin/releases/release-groups";
import { RELEASES } from "@/tests/builders/desktop-releases";

test("releases of one API version are one group, newest first", () => {
  expect(groupByApi([...RELEASES].reverse()).map(groupTitle)).toEqual([
    "Extension API 0.4.2: 2 releases, 4.44.0 to 4.57.0",
    "An unknown Extension API: 4.42.0",
    "Extension API 0.3.4: 2 releases, 4.18.0 to 4.41.2",
    "Extension API 0.3.3: 4.16.1",
    "Extension API 0.3.0: 2 releases, 4.13.0 to 4.14.0",
    "Extension API 0.2.3: 2 releases, 4.8.0 to 4.12.0",
  ]);
});
