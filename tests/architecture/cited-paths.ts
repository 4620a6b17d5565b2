/** Paths that a document names: Markdown links to files, and code spans that look like a path of this checkout. */

import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { ROOT } from "@/tests/architecture/sources";

/** What `document` names and the checkout does not have. `…/*`, `<…>` and `[…]` end the part that is looked up. */
export function missingPaths(document: string, text: string): string[] {
  const folder = path.posix.dirname(document);
  const linked = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].flatMap(([, target = ""]) =>
    /^[a-z]+:/i.test(target) ? [] : [path.posix.join(folder, target)],
  );
  const quoted = [...withoutBlocks(text).matchAll(/`([^`\s]+)`/g)].flatMap(
    ([, span = ""]) => citedPath(span) ?? [],
  );
  return [...new Set([...linked, ...quoted])].filter((cited) => !isThere(path.join(ROOT, cited)));
}

/** A folder without a file is not there: git keeps none, so another checkout would not have it. */
function isThere(absolute: string): boolean {
  if (!existsSync(absolute)) return false;
  if (!statSync(absolute).isDirectory()) return true;
  return readdirSync(absolute).some((name) => isThere(path.join(absolute, name)));
}

/** A code span is a path when it starts in a folder of the checkout, or names a script or document at its top. */
function citedPath(span: string): string | undefined {
  const cited = span
    .replace(/^@\//, "")
    .replace(/^\.\//, "")
    .replace(/[:#].*$/, "");
  const fixed = cited.split("/").slice(0, firstOpenPart(cited)).join("/");
  if (!/^[\w.@()[\]/<>*{}$+-]+$/.test(cited) || fixed === "") return undefined;
  const [top = "", ...rest] = fixed.split("/");
  if (rest.length > 0) return topFolders().includes(top) ? resolved(fixed) : undefined;
  return /^[\w.-]+\.(ts|mjs|md|yaml)$/.test(fixed) ? fixed : undefined;
}

/** A path without its ending means the script. */
function resolved(cited: string): string {
  const endings = [".ts", ".tsx", ".mjs"].map((ending) => `${cited}${ending}`);
  return endings.find((file) => existsSync(path.join(ROOT, file))) ?? cited;
}

function firstOpenPart(cited: string): number | undefined {
  const open = cited.split("/").findIndex((part) => /[*<>{}$…]|\[/.test(part));
  return open === -1 ? undefined : open;
}

function topFolders(): string[] {
  const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).filter((name) => name !== "node_modules" && name !== ".next");
}

/** Fenced blocks hold commands and output, which may name what does not exist yet. */
function withoutBlocks(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "");
}
