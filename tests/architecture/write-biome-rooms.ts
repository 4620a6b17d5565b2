/** `npx tsx tests/architecture/write-biome-rooms.ts`: writes the rooms' overrides, which biome.json includes. */

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { biomeOverrides } from "@/tests/architecture/biome-rooms";

writeFileSync("biome.rooms.json", JSON.stringify({ overrides: biomeOverrides() }));
execFileSync("node_modules/.bin/biome", ["format", "--write", "biome.rooms.json"], { stdio: "inherit" });
