import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { rawHeader } from "@/lib/api/raw-header";

function requestWith(...rawHeaders: string[]): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  req.rawHeaders = rawHeaders;
  req.headers = { "if-none-match": '"a", "b"' };
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
