import { expect, test } from "vitest";
import type { Operation } from "@/components/reference/api-reference";
import { curlCommand } from "@/components/reference/curl-command";
import { schemaRows } from "@/components/reference/schema-rows";

test("a schema becomes one row per property, with its type", () => {
  const rows = schemaRows({
    type: "object",
    required: ["items"],
    properties: {
      items: {
        type: "array",
        items: {
          type: "object",
          required: ["tag", "kind"],
          properties: {
            tag: { anyOf: [{ type: "string" }, { type: "null" }] },
            kind: { type: "string", enum: ["a", "b"] },
            offer: { anyOf: [{ $ref: "#/components/schemas/Offer" }, { type: "null" }] },
            at: { type: "string", format: "date-time", description: "When." },
          },
        },
      },
      total: { type: "integer", minimum: 1, maximum: 100 },
      names: { type: "array", items: { type: "string" } },
    },
  });
  expect(rows.map(({ place, type, required, named }) => [place, type, required, named])).toEqual([
    ["items", "list of object", true, undefined],
    ["items[].tag", "string or null", true, undefined],
    ["items[].kind", 'one of "a", "b"', true, undefined],
    ["items[].offer", "Offer or null", false, "Offer"],
    ["items[].at", "time (RFC 3339)", false, undefined],
    ["total", "integer from 1 to 100", false, undefined],
    ["names", "list of string", false, undefined],
  ]);
});

const OPERATION: Operation = {
  id: "decide",
  method: "POST",
  path: "/api/v1/submissions/{id}/decision",
  summary: "",
  tag: "",
  needs: "token",
  scope: "review",
  limit: undefined,
  parameters: [{ name: "id", place: "path", required: true, schema: {}, example: "42" }],
  body: { description: "", contentType: "application/json", schema: {}, example: { reason: "it's fine" } },
  answers: [],
  problems: [],
};

test("a request can be pasted into a shell whatever its example contains", () => {
  expect(curlCommand(OPERATION, "https://gantry.example")).toBe(
    [
      "curl -fsS -X POST 'https://gantry.example/api/v1/submissions/42/decision'",
      '-H "Authorization: Bearer $GANTRY_TOKEN"',
      "-H 'Content-Type: application/json'",
      `-d '{"reason":"it'\\''s fine"}'`,
    ].join(" \\\n  "),
  );
});

test("a request shows the host and leaves out parameters that only narrow the result", () => {
  const query = (name: string, example: string) =>
    ({ name, place: "query", required: false, schema: {}, example }) as const;
  const asked = {
    ...OPERATION,
    method: "GET",
    path: "/api/v1/extensions",
    needs: "nothing",
    parameters: [query("desktop", "4.44.0"), query("arch", "arm64"), query("sort", "title")],
    body: undefined,
  } as const;
  expect(curlCommand(asked, "https://gantry.example")).toBe(
    "curl -fsS 'https://gantry.example/api/v1/extensions?desktop=4.44.0&arch=arm64'",
  );
});
