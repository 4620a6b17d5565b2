import { expect, test } from "vitest";
import { apiReference } from "@/app/(catalog)/docs/api/reference";
import { openApiDocument } from "@/lib/api/openapi/document";
import { ROUTES } from "@/lib/api/table";
import { apiContract } from "@/lib/catalog/api-contract";

test("the API page shows every operation once, with its responses, errors and required access", () => {
  apiContract.set(() => openApiDocument(ROUTES));
  const { groups, schemas } = apiReference();
  const operations = groups.flatMap((group) => group.operations);
  expect(operations.map(({ id }) => id).sort()).toEqual(ROUTES.map(({ operationId }) => operationId).sort());
  for (const { answers, problems, needs, scope } of operations) {
    expect(answers.length).toBeGreaterThan(0);
    expect(problems.every(({ words }) => words.startsWith("`"))).toBe(true);
    expect(scope !== undefined).toBe(needs === "token");
  }
  expect(schemas.map(({ name }) => name)).toContain("Problem");
});
