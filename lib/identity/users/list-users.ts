import { authorize } from "@/lib/identity/permissions";
import { type UserView, userView } from "@/lib/identity/users/user-view";
import type { Context } from "@/lib/journal/context";
import { isRowId } from "@/lib/platform/db/row-id";
import { read } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";

export type UserPage = {
  items: UserView[];
  total: number;
  /** The id to continue after. */
  next: string | undefined;
};

/** Accounts in the order of their creation; `cursor` is the `next` of the previous page. */
export async function listUsers(
  ctx: Context,
  input: { limit: number; cursor?: string | undefined },
): Promise<UserPage> {
  authorize(ctx.actor, "user.manage");
  const { cursor, limit } = input;
  if (cursor !== undefined && !isRowId(cursor)) {
    throw new AppError("invalid_cursor", "The cursor is not valid for this list.", {
      suggestion: "Omit the cursor to start from the beginning.",
    });
  }
  const [rows, total] = await read(async () => [
    await ctx.db.prisma.user.findMany({
      where: cursor === undefined ? {} : { id: { gt: cursor } },
      orderBy: { id: "asc" },
      take: limit + 1,
    }),
    await ctx.db.prisma.user.count(),
  ]);
  const items = rows.slice(0, limit).map(userView);
  return { items, total, next: rows.length > limit ? items.at(-1)?.id : undefined };
}
