/** The OpenAPI 3.1 document, made from the very schemas that check requests and shape answers. */

import { z } from "zod";
import type { Route } from "@/lib/api/route";
import { problemSchema } from "@/lib/api/schemas/problem";

type JsonObject = Record<string, unknown>;

const BEARER = { bearer: [] };
const PROBLEM_TYPE = "application/problem+json";

export function openApiDocument(routes: readonly Route[]): JsonObject {
  return {
    openapi: "3.1.0",
    info: {
      title: "Gantry",
      version: "1",
      description:
        "The marketplace for Docker Desktop extensions. Public reads need no account, carry ETags and answer 304. " +
        "Absent values are null, times are RFC 3339 in UTC, errors are RFC 9457 problem details.",
    },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: pathsOf(routes),
    components: {
      schemas: { Problem: jsonSchema(problemSchema, "output") },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An API token: gtry_…" },
      },
    },
  };
}

function pathsOf(routes: readonly Route[]): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    operations[route.method.toLowerCase()] = operationOf(route);
    paths[route.path] = operations;
  }
  return paths;
}

function operationOf(route: Route): JsonObject {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    security: securityOf(route),
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(route.body === undefined ? {} : { requestBody: requestBodyOf(route.body) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer)]),
      ),
      ...(route.access === "public" && route.method === "GET"
        ? { 304: { description: "Not modified" } }
        : {}),
      default: {
        description: "What went wrong, why, and the next step",
        content: { [PROBLEM_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

function securityOf({ access }: Route): JsonObject[] {
  switch (access) {
    case "public":
      return [];
    case "actor":
      return [BEARER];
    case "optional-actor":
      return [{}, BEARER];
  }
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
    ...(name === "repository"
      ? {
          description:
            "The familiar name; it may hold slashes, such as acme/disk-lens or ghcr.io/acme/disk-lens.",
        }
      : {}),
  }));
}

function queryParameters(schema: z.ZodType | undefined): JsonObject[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: "query",
    required: !isOptional(field),
    schema: jsonSchema(field, "input"),
  }));
}

function isOptional(field: z.core.$ZodType): boolean {
  return z.safeParse(field, undefined).success;
}

function requestBodyOf(schema: z.ZodType): JsonObject {
  return {
    required: !isOptional(schema),
    content: { "application/json": { schema: jsonSchema(schema, "input") } },
  };
}

function answerOf({
  description,
  schema,
  contentType = "application/json",
}: Route["answers"][number]): JsonObject {
  const body = schema === undefined ? {} : { schema: jsonSchema(schema, "output") };
  const isEmpty = schema === undefined && contentType === "application/json";
  return isEmpty ? { description } : { description, content: { [contentType]: body } };
}

/** Answers may gain fields, so readers are not told that there are no others; requests may not. */
function jsonSchema(schema: z.core.$ZodType, io: "input" | "output"): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
    override: ({ jsonSchema: made }) => {
      if (io === "output" && made.additionalProperties === false) delete made.additionalProperties;
    },
  });
  return rest;
}
