import { z } from "zod";
import { AppError } from "@/lib/platform/errors";

/**
 * Where a page ended: the order it was in, and the last item's place in that order. It names a place and not a count,
 * so that what comes or goes in front of it neither repeats nor hides an item.
 */
export type Cursor = { order: string; key: string | number; repository: string };

const schema = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);
const CURSOR_CHARACTERS_MAX = 2_048;

export function encodeCursor({ order, key, repository }: Cursor): string {
  return Buffer.from(JSON.stringify([order, key, repository]), "utf8").toString("base64url");
}

/** Throws `invalid_cursor` for what `encodeCursor` has not made in this `order`. */
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
