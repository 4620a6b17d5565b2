import { expect, test } from "vitest";
import { z } from "zod";
import { openApiDocument } from "@/lib/api/openapi";
import { ROUTES } from "@/lib/api/table";

const parameter = z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean() });
const operation = z.object({
  operationId: z.string(),
  summary: z.string().min(10),
  tags: z.array(z.string()).length(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter),
  requestBody: z.object({ required: z.boolean() }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().min(3) })),
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
