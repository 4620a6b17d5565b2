/** Single doors: what reaches outside has one place in the house, so that its rules are kept in one place. */

import type { Import } from "@/tests/architecture/imports";
import { resolveImport } from "@/tests/architecture/imports";

type Door = {
  /** Packages (with everything below them), or a folder of the checkout. */
  modules: readonly string[];
  /** The files and folders that may use them. */
  at: readonly string[];
  /** Types alone do nothing: true lets everyone import them. */
  typesAnywhere: boolean;
  why: string;
};

const SOCKETS = ["http", "https", "http2", "net", "tls", "dgram", "dns", "undici", "ws"];
const DATABASE = ["pg", "prisma", "@prisma", "@electric-sql/pglite"];

export const DOORS: readonly Door[] = [
  {
    modules: SOCKETS,
    at: ["lib/egress/", "lib/process/", "lib/platform/data-lock.ts"],
    typesAnywhere: true,
    why: "Every byte that leaves goes through lib/egress, which guards addresses, sizes and times: use its guarded fetch.",
  },
  {
    modules: DATABASE,
    at: ["lib/platform/db/"],
    typesAnywhere: true,
    why: "The database is opened by lib/platform/db only: take a Database or a Tx as an argument.",
  },
  {
    modules: ["lib/platform/prisma"],
    at: ["lib/platform/db/", "lib/journal/", "lib/identity/", "lib/marketplace/"],
    typesAnywhere: true,
    why: "The generated client belongs to lib/platform/db and to the rooms that own tables: journal, identity, marketplace.",
  },
  {
    modules: ["pg-boss"],
    at: ["lib/platform/jobs/boss.ts"],
    typesAnywhere: false,
    why: "Jobs are sent and worked through lib/platform/queue.",
  },
  {
    modules: ["next-auth"],
    at: ["lib/identity/"],
    typesAnywhere: false,
    why: "Who is signed in is lib/identity's business: ask it for the session.",
  },
  {
    modules: ["semver"],
    at: ["lib/extension/"],
    typesAnywhere: false,
    why: "Versions and ranges have one meaning here, and lib/extension holds it: use its semver and requirement.",
  },
  {
    modules: ["process"],
    at: ["lib/platform/env.ts"],
    typesAnywhere: false,
    why: "The environment is read once, by lib/platform/env: take the value as an argument.",
  },
];

/** lib/extension is pure: these packages compute, and nothing else. */
const PURE_PACKAGES = ["semver", "yaml", "zod"];

/** Why `file` may not import this package or folder; undefined when it may. */
export function closedDoor(file: string, { specifier, typeOnly }: Import): string | undefined {
  if (specifier === undefined) return undefined;
  const target = resolveImport(file, specifier);
  const name = target.kind === "package" ? target.name : target.path;
  const door = DOORS.find(({ modules }) => modules.some((module) => isWithin(name, module)));
  if (
    door !== undefined &&
    !(typeOnly && door.typesAnywhere) &&
    !door.at.some((place) => file.startsWith(place))
  ) {
    return `imports ${specifier}. ${door.why}`;
  }
  if (file.startsWith("lib/extension/") && target.kind === "package" && !isPure(name)) {
    return `imports ${specifier}. lib/extension is pure and uses only ${PURE_PACKAGES.join(", ")}: take the rest as an argument.`;
  }
  return undefined;
}

function isPure(name: string): boolean {
  return PURE_PACKAGES.some((pure) => isWithin(name, pure));
}

function isWithin(name: string, module: string): boolean {
  return name === module || name.startsWith(`${module}/`);
}
