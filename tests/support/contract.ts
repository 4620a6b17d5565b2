/** Answers held against the OpenAPI document: each has to be what the document says of its operation and status. */

import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import { z } from "zod";
import { openApiDocument } from "@/lib/api/openapi/document";
import { ROUTES } from "@/lib/api/table";

export type Given = { status: number; contentType: string | undefined; body: unknown };

export type Contract = {
  /** Fails the test when the answer is not in the document. */
  expect(operationId: string, given: Given): void;
  /** Operations that have answered well, and those that have answered with a problem. */
  seen: { answers: Set<string>; problems: Set<string> };
};

const responseSchema = z.object({
  description: z.string(),
  content: z.record(z.string(), z.object({ schema: z.unknown().optional() })).optional(),
});
const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        responses: z.record(z.string(), z.union([z.object({ $ref: z.string() }), responseSchema])),
      }),
    ),
  ),
  components: z.looseObject({ responses: z.record(z.string(), responseSchema) }),
});

const ID = "https://gantry.example/contract";

export function openContract(): Contract {
  const document = documentSchema.parse(JSON.parse(JSON.stringify(openApiDocument(ROUTES))));
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: ID, components: document.components });
  const operations = new Map(
    Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => [operation.operationId, operation.responses] as const),
    ),
  );
  const compiled = new Map<unknown, ValidateFunction>();
  const seen = { answers: new Set<string>(), problems: new Set<string>() };
  return {
    seen,
    expect(operationId, { status, contentType, body }) {
      const about = `${operationId} ${status} ${JSON.stringify(body)?.slice(0, 300)}`;
      const found = operations.get(operationId)?.[status];
      expect(found, `${about}: the document knows no such answer`).toBeDefined();
      if (found === undefined) return;
      const name = "$ref" in found ? found.$ref.slice("#/components/responses/".length) : undefined;
      const response = responseSchema.parse(name === undefined ? found : document.components.responses[name]);
      (status < 400 ? seen.answers : seen.problems).add(operationId);
      const type = contentType?.split(";", 1)[0] ?? "";
      if (response.content === undefined) return expect(body ?? "", about).toBe("");
      const media = response.content[type];
      expect(media, `${about}: ${type} is none of ${Object.keys(response.content)}`).toBeDefined();
      if (media?.schema === undefined) return;
      const validate = compiled.get(media.schema) ?? ajv.compile(withIds(media.schema));
      compiled.set(media.schema, validate);
      validate(body);
      expect(validate.errors ?? [], about).toEqual([]);
    },
  };
}

/** References inside the document, made to lead there from a schema on its own. */
function withIds(schema: unknown): object {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (key === "$ref" ? `${ID}${String(value)}` : value)),
  );
}
