import { readFileSync } from "node:fs";

export type User = { uid: number; gid: number };

/** Whom a server that refuses to run as root is run as; undefined when we are not root and it may run as us. */
export function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const found = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (found === undefined)
    throw new Error("PostgreSQL does not run as root, and /etc/passwd has no user postgres or nobody.");
  return { uid: Number(found[2]), gid: Number(found[3]) };
}
