/** The OpenAPI 3.1 document, generated from the schemas that validate requests and responses. */

import { z } from "zod";
import { BODY_EXAMPLES } from "@/lib/api/openapi/body-examples";
import { exampleValue } from "@/lib/api/openapi/example-value";
import { type SchemaWriter, schemaWriter } from "@/lib/api/openapi/named-schemas";
import { problemsOf } from "@/lib/api/openapi/problems";
import { scopeOf } from "@/lib/api/openapi/scope";
import type { Route, RouteLimit } from "@/lib/api/route";
import { problemSchema } from "@/lib/api/schemas/problem";
import { ERROR_CODES, type ErrorCode } from "@/lib/platform/error-codes";

type JsonObject = Record<string, unknown>;

const PROBLEM_TYPE = "application/problem+json";
const PROBLEM = { $ref: "#/components/schemas/Problem" };

export function openApiDocument(routes: readonly Route[]): JsonObject {
  const schemas = schemaWriter();
  const paths = pathsOf(routes, schemas);
  schemas.write(problemSchema, "output");
  return {
    openapi: "3.1.0",
    info: {
      title: "Gantry",
      version: "1",
      description:
        "The marketplace for Docker Desktop extensions. Public reads need no account, have ETags and support 304. " +
        "Absent values are null, times are RFC 3339 in UTC, and errors are RFC 9457 problem details.",
    },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components(),
      responses: problemResponses(routes),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An API token: gtry_…" },
      },
    },
  };
}

function pathsOf(routes: readonly Route[], schemas: SchemaWriter): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = operationOf(route, schemas);
    paths[route.path] = operations;
  }
  return paths;
}

function operationOf(route: Route, schemas: SchemaWriter): JsonObject {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    security: securityOf(route),
    ...(route.limit === "stored" ? {} : { "x-limit": limitOf(route.limit) }),
    parameters: [...pathParameters(route.path), ...queryParameters(route.query, schemas)],
    ...(route.body === undefined
      ? {}
      : { requestBody: requestBodyOf(route.operationId, route.body, schemas) }),
    responses: responsesOf(route, schemas),
  };
}

function limitOf({ perSecond, burst }: RouteLimit): JsonObject {
  return { perSecond, burst };
}

function responsesOf(route: Route, schemas: SchemaWriter): JsonObject {
  const problems = [...problemsOf(route)].map(([status, codes]) => [
    status,
    { $ref: `#/components/responses/${responseName(codes)}` },
  ]);
  const answers = Object.entries(route.answers).map(([status, answer]) => [
    status,
    answerOf(answer, schemas),
  ]);
  return {
    ...Object.fromEntries([...problems, ...answers]),
    ...(route.access === "public" && route.method === "GET" ? { 304: { description: "Not modified" } } : {}),
    default: {
      description: "What went wrong, why, and the next step",
      content: { [PROBLEM_TYPE]: { schema: PROBLEM } },
    },
  };
}

/** Each distinct set of codes that some operation has for one status, once. */
function problemResponses(routes: readonly Route[]): JsonObject {
  const sets = routes.flatMap((route) => [...problemsOf(route)]);
  return Object.fromEntries(
    sets.map(([status, codes]) => [responseName(codes), problemResponse(status, codes)]),
  );
}

function responseName(codes: readonly ErrorCode[]): string {
  return codes.join(".");
}

/** The problems that clients can get with this status, by code. */
function problemResponse(status: number, codes: readonly ErrorCode[]): JsonObject {
  const named = { type: "object", properties: { code: { enum: codes }, status: { const: status } } };
  const [code] = codes;
  return {
    description: codes.map((one) => `\`${one}\`: ${ERROR_CODES[one].title}`).join("; "),
    content: {
      [PROBLEM_TYPE]: {
        schema: { allOf: [PROBLEM, named] },
        example: code === undefined ? undefined : problemExample(code),
      },
    },
  };
}

function problemExample(code: ErrorCode): JsonObject {
  return {
    type: `urn:gantry:problem:${code}`,
    code,
    ...ERROR_CODES[code],
    detail: "What happened, and why.",
    suggestion: "The next step.",
    requestId: "k3v9x2-1f",
    details: null,
  };
}

/** The scope is listed with the scheme, which OpenAPI 3.1 allows for every kind of security. */
function securityOf(route: Route): JsonObject[] {
  const scope = scopeOf(route);
  const bearer = { bearer: scope === undefined ? [] : [scope] };
  switch (route.access) {
    case "public":
      return [];
    case "actor":
      return [bearer];
    case "optional-actor":
      return [{}, bearer];
  }
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
    example: exampleValue({ type: "string" }, {}, name),
    ...(name === "repository"
      ? {
          description:
            "The familiar name. It can contain slashes, for example acme/disk-lens or ghcr.io/acme/disk-lens.",
        }
      : {}),
  }));
}

function queryParameters(schema: z.ZodType | undefined, schemas: SchemaWriter): JsonObject[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: "query",
    required: !isOptional(field),
    schema: schemas.write(field, "input"),
    example: exampleValue(schemas.write(field, "input"), schemas.components(), name),
  }));
}

function isOptional(field: z.core.$ZodType): boolean {
  return z.safeParse(field, undefined).success;
}

function requestBodyOf(operationId: string, body: z.ZodType, schemas: SchemaWriter): JsonObject {
  const schema = schemas.write(body, "input");
  return {
    required: !isOptional(body),
    content: {
      "application/json": {
        schema,
        example: BODY_EXAMPLES[operationId] ?? exampleValue(schema, schemas.components()),
      },
    },
  };
}

function answerOf(
  { description, schema, contentType }: Route["answers"][number],
  schemas: SchemaWriter,
): JsonObject {
  if (schema === undefined) {
    return contentType === undefined ? { description } : { description, content: { [contentType]: {} } };
  }
  const made = schemas.write(schema, "output");
  return {
    description,
    content: {
      [contentType ?? "application/json"]: {
        schema: made,
        example: exampleValue(made, schemas.components()),
      },
    },
  };
}
