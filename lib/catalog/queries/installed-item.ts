import { parseDigest } from "@/lib/extension/reference/digest";
import { isTag } from "@/lib/extension/reference/tag";

/** An installed version as reported by a client. */
export type InstalledItem = { repository: string; tag: string; digest: string | undefined };

/** `code` and `message` describe a malformed item; the other items are processed regardless. */
export type ItemProblem = { code: string; message: string };

const REPOSITORY_CHARACTERS_MAX = 2_000;

/** Validates one item of the request. Never throws. */
export function readInstalledItem(item: unknown): InstalledItem | ItemProblem {
  if (typeof item !== "object" || item === null) return notAnItem();
  const { repository, tag, digest } = fieldsOf(item);
  if (typeof repository !== "string" || repository.length > REPOSITORY_CHARACTERS_MAX) return notAnItem();
  if (typeof tag !== "string" || !isTag(tag))
    return { code: "malformed_tag", message: "This is not a valid image tag." };
  if (digest === undefined || digest === null) return { repository, tag, digest: undefined };
  const parsed = typeof digest === "string" ? parseDigest(digest) : undefined;
  if (parsed !== undefined) return { repository, tag, digest: parsed };
  return {
    code: "malformed_digest",
    message: "The digest must be sha256: followed by 64 hexadecimal digits.",
  };
}

/** The strings to echo in the response; null where they are not strings. */
export function echoOf(item: unknown): { repository: string | null; tag: string | null } {
  const { repository, tag } = typeof item === "object" && item !== null ? fieldsOf(item) : {};
  return { repository: text(repository), tag: text(tag) };
}

type Fields = { repository?: unknown; tag?: unknown; digest?: unknown };

/** Reading unknown fields is safe; each one is checked where it is used. */
function fieldsOf(item: object): Fields {
  return item;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function notAnItem(): ItemProblem {
  return { code: "malformed_item", message: "The item requires the strings repository and tag." };
}
