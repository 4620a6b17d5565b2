import { existsSync, readFileSync } from "node:fs";
import { ensure } from "./ensure.mjs";
import { inRoot } from "./root.mjs";

/** Installs what package-lock.json names when node_modules differs from it. `dev: false` accepts a pruned installation. */
export async function ensureDependencies({ dev }) {
  await ensure({
    title: "Installing dependencies",
    isFresh: () => isInstalled({ dev }),
    command: "npm",
    args: ["ci", "--include=dev", "--no-audit", "--no-fund"],
    suggestion:
      "Check that the npm registry is reachable (npm ping) and that the disk has free space, then try again.",
  });
}

/** npm writes node_modules/.package-lock.json last, so an interrupted installation has none. */
function isInstalled({ dev }) {
  const installed = readLock(inRoot("node_modules", ".package-lock.json"));
  if (installed === undefined) return false;
  const wanted = readLock(inRoot("package-lock.json"));
  if (differingPackages(wanted, installed, { dev }).length > 0) return false;
  return Object.keys(installed).every((location) => existsSync(inRoot(location)));
}

/** Where the installation differs from the lock file. Optional packages for other systems can be absent. */
export function differingPackages(wanted, installed, { dev }) {
  return Object.entries(wanted)
    .filter(([location, entry]) => location !== "" && (dev || !(entry.dev || entry.devOptional)))
    .filter(([location, entry]) => {
      const found = installed[location];
      if (found === undefined) return !entry.optional;
      return found.version !== entry.version || found.integrity !== entry.integrity;
    })
    .map(([location]) => location);
}

function readLock(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}
