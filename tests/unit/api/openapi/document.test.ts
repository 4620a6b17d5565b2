import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument } from "@/lib/api/openapi/document";
import { OWN_PROBLEMS } from "@/lib/api/openapi/problems";
import { scopeOf } from "@/lib/api/openapi/scope";
import { ROUTES } from "@/lib/api/table";
import { openApiText } from "@/scripts/openapi-text";

const parameter = z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean() });
const operation = z.object({
  operationId: z.string(),
  summary: z.string().min(10),
  tags: z.array(z.string()).length(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.object({ required: z.boolean() }).optional(),
  responses: z.record(
    z.string(),
    z.union([z.object({ $ref: z.string() }), z.object({ description: z.string().min(3) })]),
  ),
});
const documentSchema = z.object({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});

const document = documentSchema.parse(JSON.parse(JSON.stringify(openApiDocument(ROUTES))));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, one]) => ({ path, method, ...one })),
);

test("every route of the table is described once, under an id of its own", () => {
  expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
    ROUTES.map(({ method, path }) => `${method} ${path}`).sort(),
  );
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

test("what stands in a path is a parameter, and what is optional is not required", () => {
  for (const { path, parameters } of operations) {
    const inPath = parameters.filter((one) => one.in === "path");
    expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    expect(inPath.every(({ required }) => required)).toBe(true);
  }
  const list = operations.find(({ operationId }) => operationId === "listExtensions");
  expect(list?.parameters.filter(({ required }) => required)).toEqual([]);
});

test("every operation says how it fails, and which ones need an account", () => {
  for (const { responses, security, operationId } of operations) {
    expect(responses.default).toBeDefined();
    const route = ROUTES.find((one) => one.operationId === operationId);
    expect(security.some((one) => "bearer" in one)).toBe(route?.access !== "public");
  }
});

test("what a schema says of itself stands in the document", () => {
  const text = openApiText();
  expect(text).toContain("Docker Desktop version, such as 4.44.0.");
  expect(text).toContain("The parsed range; null if it cannot be parsed.");
});

test("every reference inside the document leads somewhere", () => {
  const text = JSON.stringify(openApiDocument(ROUTES));
  const found = JSON.parse(text);
  for (const [, pointer = ""] of text.matchAll(/"\$ref":"#([^"]+)"/g)) {
    const target = pointer
      .split("/")
      .slice(1)
      .reduce((value: unknown, key) => (isRecord(value) ? value[key] : undefined), found);
    expect(target, pointer).toBeDefined();
  }
});

test("the committed copy is the contract: what changes it, changes it on purpose (npm run openapi)", () => {
  const committed = readFileSync("docs/openapi.json", "utf8");
  expect(JSON.parse(openApiText())).toEqual(JSON.parse(committed));
  expect(openApiText() === committed).toBe(true);
});

test("every operation that needs an account names the scope that a token needs", () => {
  for (const route of ROUTES) expect(scopeOf(route) === undefined).toBe(route.access !== "actor");
});

test("problems are declared for operations that exist", () => {
  const known = ROUTES.map(({ operationId }) => operationId);
  expect(Object.keys(OWN_PROBLEMS).filter((operationId) => !known.includes(operationId))).toEqual([]);
});

test("every example is one: answers and requests by their own schema", () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const whole = JSON.parse(JSON.stringify(openApiDocument(ROUTES)));
  ajv.addSchema({ $id: "https://gantry.example/document", components: whole.components });
  let examples = 0;
  const visit = (value: unknown, place: string): void => {
    if (!isRecord(value)) return;
    if ("example" in value && isRecord(value.schema)) {
      const schema = JSON.parse(
        JSON.stringify(value.schema, (key, inner) =>
          key === "$ref" ? `https://gantry.example/document${inner}` : inner,
        ),
      );
      const validate = ajv.compile(schema);
      expect(
        validate(value.example),
        `${place}: ${JSON.stringify(value.example)} ${JSON.stringify(validate.errors)}`,
      ).toBe(true);
      examples += 1;
    }
    for (const [key, inner] of Object.entries(value)) if (key !== "example") visit(inner, `${place}/${key}`);
  };
  visit(whole.paths, "");
  visit(whole.components.responses, "");
  expect(examples).toBeGreaterThan(ROUTES.length);
});

test("every request body's example is accepted by the very schema that checks requests", () => {
  const bodies = new Map(ROUTES.map(({ operationId, body }) => [operationId, body]));
  const paths: Record<string, Record<string, unknown>> = JSON.parse(
    JSON.stringify(openApiDocument(ROUTES).paths),
  );
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const { operationId, requestBody } = exampleBody.parse(operation);
    const example = requestBody?.content["application/json"].example;
    if (requestBody)
      expect(bodies.get(operationId)?.safeParse(example).error?.issues ?? [], operationId).toEqual([]);
  }
});

const exampleBody = z.object({
  operationId: z.string(),
  requestBody: z
    .object({ content: z.object({ "application/json": z.object({ example: z.unknown() }) }) })
    .optional(),
});

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
