import { expect, test } from "vitest";
import { parseEnvironmentCredentials } from "@/lib/marketplace/registry-credentials/environment-credentials";
import type { AppError } from "@/lib/platform/errors";
import { parseRegistries } from "@/lib/registry/registries";

const TABLE = parseRegistries("docker.io,ghcr.io");
const LOGIN = { username: "robot", password: "hunter2" };
const parse = (value: unknown) =>
  parseEnvironmentCredentials(
    typeof value === "string" ? value : JSON.stringify(value),
    TABLE,
    "GANTRY_REGISTRY_CREDENTIALS",
  );

test("an array of credentials, with and without a namespace", () => {
  expect(
    parse([
      { host: "ghcr.io", namespace: "acme", ...LOGIN },
      { host: "docker.io", ...LOGIN },
    ]),
  ).toEqual([
    {
      line: "environment ghcr.io/acme",
      host: "ghcr.io",
      namespace: "acme",
      ...LOGIN,
      tokenServer: undefined,
    },
    { line: "environment docker.io", host: "docker.io", namespace: "", ...LOGIN, tokenServer: undefined },
  ]);
  expect(parse("[]")).toEqual([]);
});

test.each([
  ["hunter2", "it is not JSON"],
  [{ host: "ghcr.io", ...LOGIN }, "it must be a JSON array of at most 100 objects"],
  [["hunter2"], "item 1 is not an object"],
  [[{ host: "ghcr.io", username: "robot" }], "item 1 has no valid “password”"],
  [[{ host: "ghcr.io", username: "robot", password: 7 }], "item 1 has no valid “password”"],
  [[{ host: "ghcr.io", ...LOGIN, hunter2: "x" }], "item 1 has an unknown field"],
  [[{ host: "quay.io", ...LOGIN }], "item 1: Repositories on quay.io are not allowed here."],
  [[{ host: "ghcr.io", ...LOGIN, namespace: "A" }], "item 1: The namespace is not the beginning"],
  [
    [
      { host: "ghcr.io", ...LOGIN },
      { host: "GHCR.IO", ...LOGIN },
    ],
    "it has two items for ghcr.io",
  ],
])("%j is refused without its text", (value, why) => {
  let error: AppError | undefined;
  try {
    parse(value);
  } catch (thrown) {
    error = thrown as AppError;
  }
  expect(error).toMatchObject({ code: "configuration" });
  expect(error?.message).toContain("GANTRY_REGISTRY_CREDENTIALS");
  expect(error?.message).toContain(why);
  expect(JSON.stringify([error?.message, error?.suggestion, String(error?.cause)])).not.toContain("hunter2");
});
