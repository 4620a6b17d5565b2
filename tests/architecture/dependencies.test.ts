import { isBuiltin } from "node:module";
import path from "node:path";
import semver from "semver";
import { expect, test } from "vitest";
import { importsIn, resolveImport } from "@/tests/architecture/imports";
import { productionFiles, readSource } from "@/tests/architecture/sources";
import { placesIn } from "@/tests/architecture/syntax";

type LockedPackage = { version?: string; optionalDependencies?: Record<string, string> };
type Lock = { packages: Record<string, LockedPackage> };
type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string> };

const lock: Lock = JSON.parse(readSource("package-lock.json"));
const manifest: Manifest = JSON.parse(readSource("package.json"));

/** Releases below these have known holes or bugs that Gantry would be hit by, wherever in the tree they are. */
const FLOORS: readonly (readonly [name: string, range: string, why: string])[] = [
  ["next", ">=16.4.6", "security fixes of the router and of server actions"],
  ["next-auth", ">=4.24.15", "security fixes of sessions"],
  ["nodemailer", ">=8.0.5", "older ones send to other addresses than the one that was checked"],
  ["undici", ">=7.30.2", "the guarded HTTP client is built on it"],
];

/** Packages that must be the very same release. */
const TOGETHER = [["prisma", "@prisma/client", "@prisma/adapter-pg", "@prisma/driver-adapter-utils"]];

test.each(FLOORS)("every installed %s is %s (%s)", (name, range) => {
  expect(outside(lock, name, range)).toEqual([]);
});

test("a release below its floor is found, also deep in the tree", () => {
  const deep = { packages: { "node_modules/a/node_modules/next": { version: "16.4.5" } } };
  expect(outside(deep, "next", ">=16.4.6")).toEqual(["node_modules/a/node_modules/next 16.4.5"]);
});

test.each(TOGETHER)("%s and its companions are one release", (...names) => {
  expect(new Set(names.map((name) => lock.packages[`node_modules/${name}`]?.version)).size).toBe(1);
});

test("Prisma's schema engine in WebAssembly belongs to the Prisma that is installed", () => {
  const engine = lock.packages["node_modules/@prisma/schema-engine-wasm"]?.version;
  expect(engine?.split("-")[0]).toBe(lock.packages["node_modules/prisma"]?.version);
});

test("every dependency is pinned to one version, and the lock file holds that version", () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  const locked = Object.keys(wanted).map((name) => [name, lock.packages[`node_modules/${name}`]?.version]);
  expect(Object.fromEntries(locked)).toEqual(wanted);
});

// `npm ci` refuses a lock file without them, and npm leaves them out where its registry does not have them.
test("the lock file names the packages for other systems too", () => {
  const optional = Object.entries(lock.packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ place, name })),
  );
  const missing = optional.filter(({ place, name }) => !isLocked(place, name));
  expect(missing.map(({ place, name }) => `${place} wants ${name}`)).toEqual([]);
});

test("the embedded database is the root's own, pinned release", () => {
  const name = "@electric-sql/pglite";
  expect(lock.packages[`node_modules/${name}`]?.version).toBe(manifest.dependencies[name]);
});

function undeclared(file: string, source: string): string[] {
  return importsIn(placesIn(file, source))
    .filter(({ typeOnly }) => !typeOnly)
    .map(({ specifier }) => resolveImport(file, specifier ?? "./computed"))
    .filter((target) => target.kind === "package")
    .map(({ name }) => packageOf(name))
    .filter((name) => !isBuiltin(name) && manifest.dependencies[name] === undefined)
    .map((name) => `${file} imports ${name}`);
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function outside({ packages }: Lock, name: string, range: string): string[] {
  return Object.entries(packages)
    .filter(([place]) => place.endsWith(`node_modules/${name}`))
    .filter(([, { version }]) => version === undefined || !semver.satisfies(version, range))
    .map(([place, { version }]) => `${place} ${version}`);
}

/** Looked up as Node does: beside its dependent's own packages, then further out. */
function isLocked(place: string, name: string): boolean {
  if (lock.packages[path.posix.join(place, "node_modules", name)] !== undefined) return true;
  return place !== "" && isLocked(place.slice(0, Math.max(place.lastIndexOf("/node_modules/"), 0)), name);
}

test("a running Gantry imports only dependencies, never a build or test tool", () => {
  expect(productionFiles().flatMap((file) => undeclared(file, readSource(file)))).toEqual([]);
});

test("an import of a build tool is found, and its types alone are allowed", () => {
  const source = 'import { parse } from "typescript";\nimport type { Node } from "typescript";';
  expect(undeclared("lib/platform/x.ts", source)).toEqual(["lib/platform/x.ts imports typescript"]);
});
