import { isTag } from "@/lib/extension/reference/tag";
import type { Task } from "@/lib/platform/threads/task";

/** `tags`: one a line. `unusable`: why the document is no page of a tag list, as a part of a sentence. */
export type TagPageReading =
  | { kind: "read"; tags: string; dropped: number }
  | { kind: "unusable"; why: string };

/** A page of a tag list (distribution-spec, "Listing Tags"). For `runTask`: a page may have 8 MiB. */
export const READ_TAG_PAGE: Task<Uint8Array, TagPageReading> = {
  module: "lib/registry/requests/tag-page",
  name: "READ_TAG_PAGE",
  run: readTagPage,
  weigh: (bytes) => bytes.byteLength,
};

/** Tags as one text, which threads hand over faster than a hundred thousand small ones. No tag has a line break. */
export function fromLines(tags: string): string[] {
  return tags === "" ? [] : tags.split("\n");
}

/** `tags` may be null or missing (a repository whose tags were all deleted). */
function readTagPage(bytes: Uint8Array): TagPageReading {
  const document = parseJson(bytes);
  if (document === undefined) return { kind: "unusable", why: "its tag list is not valid JSON" };
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    return { kind: "unusable", why: "its tag list is not an object" };
  }
  const names = ("tags" in document ? document.tags : null) ?? [];
  if (!Array.isArray(names)) return { kind: "unusable", why: "its tag list has no list of tags" };
  const tags = names.filter((name: unknown) => typeof name === "string" && isTag(name));
  return { kind: "read", tags: tags.join("\n"), dropped: names.length - tags.length };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
