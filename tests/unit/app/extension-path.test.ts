import { expect, test } from "vitest";
import { readInstant } from "@/app/(catalog)/allow-list/load";
import { parseExtensionPath } from "@/app/(catalog)/extensions/[...repository]/extension-path";

test.each([
  [["acme", "disk-lens"], { kind: "extension", repository: "acme/disk-lens" }],
  [["127.0.0.1%3A5000", "acme", "x"], { kind: "extension", repository: "127.0.0.1:5000/acme/x" }],
  [["acme", "x", "-", "versions", "1.0.0"], { kind: "version", repository: "acme/x", tag: "1.0.0" }],
  [["acme", "x", "-", "versions"], undefined],
  [["acme", "x", "-", "versions", "1.0.0", "more"], undefined],
  [["acme", "x", "-", "elsewhere", "1.0.0"], undefined],
  [["-", "versions", "1.0.0"], undefined],
  [["%E0%A4%A"], undefined],
])("the address %j", (segments, path) => {
  expect(parseExtensionPath(segments)).toEqual(path);
});

test.each([
  ["2026-11-20T10:00", "2026-11-20T10:00:00Z"],
  ["2026-11-20T10:00:30.123456", "2026-11-20T10:00:30.123456Z"],
  ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z"],
  ["2026-11-20T10:00:00 01:00", "2026-11-20T10:00:00+01:00"],
  ["2026-02-30T10:00", undefined],
  ["2026-11-20T25:00", undefined],
  ["0000-01-01T10:00", undefined],
  ["yesterday", undefined],
])("the instant %j is read as UTC unless it says otherwise", (text, instant) => {
  expect(readInstant(text)).toBe(instant);
});
