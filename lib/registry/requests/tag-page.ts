import { isTag } from "@/lib/extension/reference/tag";
import type { Task } from "@/lib/platform/threads/task";

/**
 * `tags`: one per line. `last`: the last name on the page, also one that is not a tag, because the next page continues
 * after it; undefined if it is too long for a URL. `unusable`: why the document is not a page of a tag list, as part of
 * a sentence.
 */
export type TagPageReading =
  | { kind: "read"; tags: string; dropped: number; last: string | undefined }
  | { kind: "unusable"; why: string };

/** Parses a page of a tag list (distribution-spec, "Listing Tags"). For `runTask`, because a page can have 8 MiB. */
export const READ_TAG_PAGE: Task<Uint8Array, TagPageReading> = {
  module: "lib/registry/requests/tag-page",
  name: "READ_TAG_PAGE",
  run: readTagPage,
  weigh: (bytes) => bytes.byteLength,
};

/**
 * All tags as one text, which threads transfer faster than a hundred thousand small ones. Tags contain no line breaks.
 */
export function fromLines(tags: string): string[] {
  return tags === "" ? [] : tags.split("\n");
}

/** `tags` can be null or missing (a repository whose tags were all deleted). */
function readTagPage(bytes: Uint8Array): TagPageReading {
  const document = parseJson(bytes);
  if (document === undefined) return { kind: "unusable", why: "its tag list is not valid JSON" };
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    return { kind: "unusable", why: "its tag list is not an object" };
  }
  const names = ("tags" in document ? document.tags : null) ?? [];
  if (!Array.isArray(names)) return { kind: "unusable", why: "its tag list has no list of tags" };
  const tags = names.filter((name: unknown) => typeof name === "string" && isTag(name));
  const last: unknown = names.at(-1);
  const isCursor = typeof last === "string" && last !== "" && last.length <= CURSOR_CHARACTERS;
  const dropped = names.length - tags.length;
  return { kind: "read", tags: tags.join("\n"), dropped, last: isCursor ? last : undefined };
}

/** Tags have at most 128. */
const CURSOR_CHARACTERS = 255;

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
