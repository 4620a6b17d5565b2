import { expect, test } from "vitest";
import { exactTime, relativeTime } from "@/components/ui/relative-time";

const NOW = new Date("2026-11-20T19:50:00Z");

test.each([
  ["2026-11-20T19:49:30Z", "just now"],
  ["2026-11-20T19:50:30Z", "in a moment"],
  ["2026-11-20T19:48:01Z", "1 minute ago"],
  ["2026-11-20T17:50:00Z", "2 hours ago"],
  ["2026-11-19T19:50:00Z", "yesterday"],
  ["2026-11-13T19:50:00Z", "7 days ago"],
  ["2026-12-25T19:50:00Z", "next month"],
  ["2024-11-20T19:50:00Z", "2 years ago"],
])("%s is %s", (at, words) => {
  expect(relativeTime(new Date(at), NOW)).toBe(words);
});

test("the exact time is in UTC and says so", () => {
  expect(exactTime(NOW)).toBe("20 November 2026 at 19:50 UTC");
});
