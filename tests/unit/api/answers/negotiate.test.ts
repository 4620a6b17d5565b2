import { expect, test } from "vitest";
import { negotiateEncoding, prefersBrotli } from "@/lib/api/answers/negotiate";

test.each([
  ["", "identity"],
  ["gzip", "gzip"],
  ["GZIP", "gzip"],
  ["x-gzip", "gzip"],
  ["gzip, deflate, br, zstd", "gzip"],
  ["br, deflate", "identity"],
  ["*", "gzip"],
  ["gzip;q=0", "identity"],
  ["gzip; q=0.000", "identity"],
  ["gzip;q=0.5", "gzip"],
  ["gzip;q=0.5, identity", "identity"],
  ["identity;q=0.5, gzip;q=1.0", "gzip"],
  ["identity", "identity"],
  ["*;q=0", undefined],
  ["identity;q=0", undefined],
  ["identity;q=0, br", undefined],
  ["gzip;q=0, identity;q=0", undefined],
  ["*;q=0, gzip", "gzip"],
  ["*;q=0, identity", "identity"],
  ["gzip;q=nonsense", "identity"],
  ["gzip;q=1.5", "identity"],
  ["gzip;q=-1", "identity"],
  ["gzip ; foo=bar ; q=0", "identity"],
  [",,,", "identity"],
])("Accept-Encoding %j gives %s", (header, expected) => {
  expect(negotiateEncoding(header)).toBe(expected);
});

test.each([
  ["gzip, deflate, br, zstd", true],
  ["br", true],
  ["br;q=0.5, gzip", false],
  ["br;q=0.5, gzip;q=0.5", true],
  ["br;q=0, *", false],
  ["gzip", false],
  ["*", false],
  ["", false],
])("Accept-Encoding %j prefers brotli: %s", (header, expected) => {
  expect(prefersBrotli(header)).toBe(expected);
});
