import { z } from "zod";
import { AppError } from "@/lib/platform/errors";

/**
 * Keyset pagination: the sort order of a page and the key of its last item. Unlike an offset, items that appear or
 * disappear earlier in the list cause neither duplicates nor gaps.
 */
export type Cursor = { order: string; key: string | number; repository: string };

const schema = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);
const CURSOR_CHARACTERS_MAX = 2_048;

export function encodeCursor({ order, key, repository }: Cursor): string {
  return Buffer.from(JSON.stringify([order, key, repository]), "utf8").toString("base64url");
}

/** Throws `invalid_cursor` for anything that `encodeCursor` did not create for this `order`. */
export function decodeCursor(text: string, order: string): Cursor {
  const parsed = schema.safeParse(text.length > CURSOR_CHARACTERS_MAX ? undefined : parse(text));
  if (!parsed.success || parsed.data[0] !== order) {
    throw new AppError("invalid_cursor", "The cursor does not belong to this list in this order.", {
      suggestion: "Go back to the first page of the list.",
      apiHint:
        "Send `next` of the previous page unchanged and keep the other parameters, or omit the cursor.",
    });
  }
  const [, key, repository] = parsed.data;
  return { order, key, repository };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
