import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { rawHeader } from "@/lib/api/raw-header";

function requestWith(...rawHeaders: string[]): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  req.rawHeaders = rawHeaders;
  return req;
}

test.each([
  ["absent", [], undefined],
  ["present", ["Host", "x", "If-None-Match", '"a"'], '"a"'],
  ["in another case", ["IF-NONE-MATCH", '"a"'], '"a"'],
  ["the value of another", ["Host", "if-none-match", "Accept", '"a"'], undefined],
  ["there twice", ["If-None-Match", '"a"', "if-none-match", '"b"'], '"a", "b"'],
])("a header that is %s", (_what, raw, expected) => {
  expect(rawHeader(requestWith(...raw), "if-none-match")).toBe(expected);
});

test.each([
  ["authorization", "Bearer a", "Bearer b", "Bearer a, Bearer b"],
  ["content-type", "application/json", "text/plain", "application/json, text/plain"],
  ["cookie", "a=1", "b=2", "a=1; b=2"],
])("a second %s is not lost", (name, one, two, expected) => {
  expect(rawHeader(requestWith(name, one, "Host", "x", name, two), name)).toBe(expected);
});
