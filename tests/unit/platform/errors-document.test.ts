import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errorsDocument } from "@/scripts/errors-document";

test("docs/errors.md lists exactly the codes that exist", () => {
  expect(readFileSync("docs/errors.md", "utf8")).toBe(errorsDocument());
});
