import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";

/** The value is what the schema of this name, written from what the real client reads, says. */
export function expectSchema(name: string, value: unknown): void {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(
    JSON.parse(readFileSync(new URL(`schemas/${name}.json`, import.meta.url), "utf8")),
  );
  const asSent = JSON.parse(JSON.stringify(value));
  validate(asSent);
  expect(validate.errors ?? []).toEqual([]);
}
