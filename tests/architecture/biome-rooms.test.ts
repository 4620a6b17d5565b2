import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arrowAdvice } from "@/tests/architecture/arrows";
import { biomeOverrides } from "@/tests/architecture/biome-rooms";
import { DOORS } from "@/tests/architecture/doors";
import { ROOM_NAMES } from "@/tests/architecture/rooms";
import { ROOT, readSource } from "@/tests/architecture/sources";

let checkout = "";

/** A checkout of its own with our configuration, so that bad samples never lie in ours. */
beforeAll(() => {
  checkout = mkdtempSync(path.join(tmpdir(), "gantry-biome-"));
  spawnSync("git", ["init", "-q"], { cwd: checkout });
  for (const file of ["biome.json", "biome.rooms.json"])
    cpSync(path.join(ROOT, file), path.join(checkout, file));
  symlinkSync(path.join(ROOT, "node_modules"), path.join(checkout, "node_modules"));
});

afterAll(() => rmSync(checkout, { recursive: true, force: true }));

test("biome.rooms.json holds the rooms (npx tsx tests/architecture/write-biome-rooms.ts)", () => {
  expect(JSON.parse(readSource("biome.rooms.json")).overrides).toEqual(biomeOverrides());
});

test("Biome reports a turned arrow in every room, and says what the room may import", () => {
  for (const room of ROOM_NAMES) write(sampleIn(room), `import "@/tests/support/x";\n`);
  const reports = restrictedImports();
  for (const room of ROOM_NAMES) {
    expect(reports).toContainEqual(
      expect.objectContaining({ file: sampleIn(room), message: arrowAdvice(room) }),
    );
  }
});

test("Biome reports a relative path and a second door", () => {
  write(
    "lib/catalog/a.ts",
    `import semver from "semver";\nimport { b } from "./b";\nexport { b, semver };\n`,
  );
  const messages = restrictedImports()
    .filter(({ file }) => file === "lib/catalog/a.ts")
    .map(({ message }) => message);
  expect(messages).toContain(DOORS.find(({ modules }) => modules.includes("semver"))?.why);
  expect(messages.filter((message) => message.includes("from the top"))).toHaveLength(1);
});

test("Biome leaves a downward import alone", () => {
  write("lib/catalog/a.ts", `import { a } from "@/lib/marketplace/a";\nexport { a };\n`);
  expect(restrictedImports().filter(({ file }) => file === "lib/catalog/a.ts")).toEqual([]);
});

function sampleIn(room: string): string {
  return room.endsWith(".ts") ? room : `${room}/sample.ts`;
}

function write(file: string, source: string): void {
  mkdirSync(path.dirname(path.join(checkout, file)), { recursive: true });
  writeFileSync(path.join(checkout, file), source);
}

type Report = { file: string; message: string };

function restrictedImports(): Report[] {
  const biome = path.join(ROOT, "node_modules/@biomejs/biome/bin/biome");
  const args = [
    biome,
    "lint",
    "--only=style/noRestrictedImports",
    "--reporter=json",
    "--max-diagnostics=none",
    ".",
  ];
  const { stdout } = spawnSync(process.execPath, args, { cwd: checkout, encoding: "utf8" });
  const diagnostics: { message: string; location: { path: string } }[] = JSON.parse(stdout).diagnostics;
  return diagnostics.map(({ message, location }) => ({ file: location.path, message }));
}
