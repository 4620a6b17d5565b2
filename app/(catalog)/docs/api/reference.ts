import { z } from "zod";
import type { ApiReference, Operation } from "@/components/reference/api-reference";
import { apiContract } from "@/lib/catalog/api-contract";

const schema = z.record(z.string(), z.unknown());
const media = z.record(z.string(), z.object({ schema: schema.optional(), example: z.unknown().optional() }));
const response = z.object({ description: z.string(), content: media.optional() });

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  security: z.array(z.object({ bearer: z.array(z.string()).optional() })),
  "x-limit": z.object({ perSecond: z.number(), burst: z.number() }).optional(),
  parameters: z.array(
    z.object({
      name: z.string(),
      in: z.enum(["path", "query"]),
      required: z.boolean(),
      description: z.string().optional(),
      schema,
      example: z.unknown().optional(),
    }),
  ),
  requestBody: z.object({ content: media }).optional(),
  responses: z.record(z.string(), z.union([z.object({ $ref: z.string() }), response])),
});

const documentSchema = z.object({
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema), responses: z.record(z.string(), response) }),
});

/** The OpenAPI document as the page shows it: by resource, in document order. */
export function apiReference(): ApiReference {
  const { tags, paths, components } = documentSchema.parse(apiContract.get()());
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => operationOf(method, path, one, components.responses)),
  );
  const groups = tags.map(({ name }) => ({ name, operations: operations.filter(({ tag }) => tag === name) }));
  const schemas = Object.entries(components.schemas).map(([name, value]) => ({ name, schema: value }));
  return { groups, schemas };
}

type Found = z.infer<typeof operation>;
type Responses = z.infer<typeof documentSchema>["components"]["responses"];

function operationOf(method: string, path: string, found: Found, named: Responses): Operation {
  const { operationId, summary, tags, security, parameters, requestBody } = found;
  const statuses = Object.entries(found.responses).filter(([status]) => status !== "default");
  const answers = statuses.flatMap(([status, answer]) =>
    "$ref" in answer ? [] : [{ status, ...single(answer) }],
  );
  const problems = statuses.flatMap(([status, answer]) => {
    const shared = "$ref" in answer ? named[answer.$ref.slice("#/components/responses/".length)] : undefined;
    return shared === undefined ? [] : [{ status, words: shared.description }];
  });
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    tag: tags[0] ?? "",
    needs:
      security.length === 0
        ? "nothing"
        : security.some(({ bearer }) => bearer === undefined)
          ? "maybe"
          : "token",
    scope: security.find(({ bearer }) => bearer !== undefined)?.bearer?.[0],
    limit: found["x-limit"],
    parameters: parameters.map(({ in: place, ...parameter }) => ({ place, ...parameter })),
    body: requestBody && single(requestBody),
    answers,
    problems,
  };
}

function single({
  description = "",
  content = {},
}: {
  description?: string;
  content?: z.infer<typeof media>;
}) {
  const [first] = Object.entries(content);
  return { description, contentType: first?.[0], schema: first?.[1].schema, example: first?.[1].example };
}
