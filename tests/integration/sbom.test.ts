import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "@/tests/support/processes/left-behind";

const billSchema = z.object({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string(),
  serialNumber: z.string().startsWith("urn:uuid:"),
  metadata: z.object({ component: z.object({ name: z.literal("gantry"), version: z.string() }) }),
  components: z.array(
    z.object({ name: z.string(), version: z.string(), purl: z.string().startsWith("pkg:npm/") }),
  ),
});

type Locked = { version?: string; dev?: boolean; devOptional?: boolean; optional?: boolean };

test("the bill of materials holds every package of a running Gantry at its version, and no test tool", () => {
  const file = path.join(temporaryFolder("sbom").path, "bill.json");
  execFileSync(process.execPath, ["scripts/sbom.mjs", file], { encoding: "utf8" });
  const bill = billSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const listed = new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
  const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const all = Object.entries(lock.packages).filter(([place]) => place !== "");
  const named = all.map(([place, { version, dev, devOptional, optional }]) => ({
    name: `${place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length)}@${version}`,
    development: dev === true || devOptional === true,
    // Some are for other systems, and npm lists only what this one could install.
    needed: optional !== true,
  }));
  const shipped = named.filter(({ development }) => !development);
  const production = new Set(shipped.map(({ name }) => name));
  const needed = shipped.filter((each) => each.needed);
  expect(needed.filter(({ name }) => !listed.has(name))).toEqual([]);
  expect([...listed].filter((name) => !production.has(name))).toEqual([]);
  expect(production.size).toBeGreaterThan(100);
});
