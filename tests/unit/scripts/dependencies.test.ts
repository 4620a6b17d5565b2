import { expect, test } from "vitest";
import { differingPackages } from "@/scripts/setup/dependencies.mjs";

const wanted = {
  "": { name: "gantry" },
  "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
  "node_modules/b": { version: "2.0.0", integrity: "sha512-b", dev: true },
  "node_modules/for-another-system": { version: "1.0.0", integrity: "sha512-c", optional: true },
};
const { "node_modules/a": a, "node_modules/b": b } = wanted;

test.each([
  ["complete", { "node_modules/a": a, "node_modules/b": b }, true, []],
  ["without a package", { "node_modules/b": b }, true, ["node_modules/a"]],
  [
    "with another version",
    { "node_modules/a": { ...a, version: "0.9.0" }, "node_modules/b": b },
    true,
    ["node_modules/a"],
  ],
  [
    "with other content",
    { "node_modules/a": { ...a, integrity: "sha512-x" }, "node_modules/b": b },
    true,
    ["node_modules/a"],
  ],
  ["pruned, for tests", { "node_modules/a": a }, true, ["node_modules/b"]],
  ["pruned, for the server", { "node_modules/a": a }, false, []],
  ["empty", {}, true, ["node_modules/a", "node_modules/b"]],
])("an installation that is %s", (_what, installed, dev, differing) => {
  expect(differingPackages(wanted, installed, { dev })).toEqual(differing);
});
