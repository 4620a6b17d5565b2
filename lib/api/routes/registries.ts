/** Registries and their read-only credentials, for admins. No operation returns a password. */

import { json } from "@/lib/api/answers/answer";
import { ACCOUNTS } from "@/lib/api/rate-limits";
import { defineRoute } from "@/lib/api/route";
import { collectionOf } from "@/lib/api/schemas/common";
import {
  credentialsInput,
  credentialsPlaceQuery,
  credentialsPlaceSchema,
  credentialsTestInput,
  credentialsTestSchema,
  registrySchema,
} from "@/lib/api/schemas/registries";
import { listRegistries } from "@/lib/marketplace/registry-credentials/list-credentials";
import { removeCredentials } from "@/lib/marketplace/registry-credentials/remove-credentials";
import { storeCredentials } from "@/lib/marketplace/registry-credentials/store-credentials";
import { recordedError } from "@/lib/marketplace/rows/json-columns";
import { testCredentials } from "@/lib/scanning/credentials/test-credentials";

const TAG = "Registries";
const PATH = "/api/v1/registries/{host}/credentials";

export const registryRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/v1/registries",
    operationId: "listRegistries",
    summary: "List the allowed registries with the state of their credentials, without passwords.",
    tag: TAG,
    access: "actor",
    limit: ACCOUNTS,
    answers: { 200: { description: "All registries", schema: collectionOf(registrySchema) } },
    async handle({ ctx }) {
      const items = await listRegistries(ctx);
      return json(200, { items, total: items.length, next: null });
    },
  }),
  defineRoute({
    method: "PUT",
    path: PATH,
    operationId: "putRegistryCredentials",
    summary:
      "Store read-only credentials for a registry or a namespace on it, or replace those that are stored. A session requires a recent sign-in.",
    tag: TAG,
    access: "actor",
    limit: ACCOUNTS,
    body: credentialsInput,
    answers: {
      200: { description: "Replaced", schema: credentialsPlaceSchema },
      201: { description: "Stored", schema: credentialsPlaceSchema },
    },
    async handle({ ctx, params, body }) {
      const { created, ...place } = await storeCredentials(ctx, { host: params.host ?? "", ...body });
      return json(created ? 201 : 200, place);
    },
  }),
  defineRoute({
    method: "DELETE",
    path: PATH,
    operationId: "removeRegistryCredentials",
    summary: "Remove stored credentials. Later requests go without. A session requires a recent sign-in.",
    tag: TAG,
    access: "actor",
    limit: ACCOUNTS,
    query: credentialsPlaceQuery,
    answers: { 200: { description: "Removed", schema: credentialsPlaceSchema } },
    async handle({ ctx, params, query }) {
      return json(200, await removeCredentials(ctx, { host: params.host ?? "", ...query }));
    },
  }),
  defineRoute({
    method: "POST",
    path: `${PATH}/test`,
    operationId: "testRegistryCredentials",
    summary:
      "Send credentials to their registry, and store the result. At most 20 times per minute. A session requires a recent sign-in.",
    tag: TAG,
    access: "actor",
    limit: ACCOUNTS,
    body: credentialsTestInput,
    answers: { 200: { description: "The result", schema: credentialsTestSchema } },
    async handle({ ctx, params, body, request }) {
      const place = { host: params.host ?? "", ...body };
      const { outcome, error } = await testCredentials(ctx, { ...place, signal: request.signal() });
      return json(200, { outcome, error: error === undefined ? null : recordedError(error) });
    },
  }),
];
