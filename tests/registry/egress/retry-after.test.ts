import { expect, test } from "vitest";
import { responseHeaders } from "@/lib/egress/response";
import { retryAfterSeconds } from "@/lib/egress/retry-after";

const NOW_MS = Date.parse("2026-11-20T12:00:00Z");

const CASES: [headers: Record<string, string>, seconds: number | undefined][] = [
  [{ "retry-after": "120" }, 120],
  [{ "retry-after": " 7 " }, 7],
  [{ "retry-after": "0" }, 1],
  [{ "retry-after": "1000000000" }, 21_600],
  [{ "retry-after": "99999999999999999999999" }, 21_600],
  [{ "retry-after": "Fri, 20 Nov 2026 12:05:00 GMT" }, 300],
  [{ "retry-after": "Friday, 20-Nov-26 12:05:00 GMT" }, 300],
  [{ "retry-after": "Fri Nov 20 12:05:00 2026" }, 300],
  [{ "retry-after": "Fri, 20 Nov 2026 11:00:00 GMT" }, 1],
  [{ "retry-after": "Fri, 20 Nov 2099 11:00:00 GMT" }, 21_600],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "-5" }, undefined],
  [{ "retry-after": "1.5" }, undefined],
  [{ "retry-after": "" }, undefined],
  [{}, undefined],
  [{ "x-retry-after": String(NOW_MS / 1000 + 90) }, 90],
  [{ "x-retry-after": "garbage" }, undefined],
  [{ "retry-after": "soon", "x-retry-after": String(NOW_MS / 1000 + 90) }, 90],
];

test.each(CASES)("%j means %s seconds", (headers, seconds) => {
  expect(retryAfterSeconds(responseHeaders(headers), NOW_MS)).toBe(seconds);
});
