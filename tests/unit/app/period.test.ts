import { expect, test } from "vitest";
import { periodOf } from "@/app/(admin)/admin/allow-list/changes/period";

const NOW = new Date("2026-03-01T15:30:00.000Z");

test.each([
  ["nothing said: a week", {}, { from: "2026-02-23T00:00:00.000Z", to: undefined, preset: 7 }],
  ["today", { from: "2026-03-01" }, { from: "2026-03-01T00:00:00.000Z", to: undefined, preset: 1 }],
  ["thirty days", { from: "2026-01-31", to: "2026-03-01" }, { from: "2026-01-31T00:00:00.000Z", preset: 30 }],
  [
    "two past days, both complete",
    { from: "2026-01-01", to: "2026-01-02" },
    { from: "2026-01-01T00:00:00.000Z", to: "2026-01-02T23:59:59.999Z", preset: undefined },
  ],
  ["a day to come ends now", { from: "2026-02-01", to: "2027-01-01" }, { to: undefined, preset: undefined }],
  ["a date that does not exist", { from: "2026-02-30", to: "soon" }, { from: "2026-02-23T00:00:00.000Z" }],
  [
    "instants, as the API takes them",
    { from: "2026-02-01T10:00:00+01:00", to: "2026-02-02T00:00:00Z" },
    {
      from: "2026-02-01T09:00:00.000Z",
      to: "2026-02-02T00:00:00.000Z",
      days: { from: "2026-02-01", to: "2026-02-02" },
    },
  ],
  ["an instant to come is now", { to: "2026-03-01T15:30:00.001Z" }, { to: undefined }],
  ["said twice: the first", { from: ["2026-02-28", "x"] }, { from: "2026-02-28T00:00:00.000Z" }],
])("%s", (_what, given, expected) => {
  expect(periodOf(given, NOW)).toMatchObject(expected);
});
