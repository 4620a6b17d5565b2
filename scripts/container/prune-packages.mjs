import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Dependencies of package.json because `npm start` builds with them; a server that is built already needs none. */
export const BUILD_ONLY = [
  "@tailwindcss/postcss",
  "@types/node",
  "@types/pg",
  "@types/react",
  "@types/react-dom",
  "@types/semver",
  "prisma",
  "tailwindcss",
  "typescript",
];

/** Takes out of `folder`'s node_modules what a built server never loads. Changes its package.json: for copies only. */
export function prunePackages(folder) {
  const file = path.join(folder, "package.json");
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  const kept = Object.entries(manifest.dependencies).filter(([name]) => !BUILD_ONLY.includes(name));
  const slim = { ...manifest, dependencies: Object.fromEntries(kept), devDependencies: {} };
  writeFileSync(file, `${JSON.stringify(slim, null, 2)}\n`);
  const args = ["prune", "--omit=dev", "--offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", args, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
  removeCompilers(path.join(folder, "node_modules", "@next"));
}

/** Next's compiler, a third of all bytes, is an optional package of its own that npm can't be told to leave out. */
function removeCompilers(folder) {
  for (const name of readdirSync(folder).filter((each) => each.startsWith("swc-"))) {
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}
