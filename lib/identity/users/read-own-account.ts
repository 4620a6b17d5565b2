import { noSuch } from "@/lib/identity/row-id";
import { signedInPerson } from "@/lib/identity/sessions/own-account";
import { liveTokens } from "@/lib/identity/tokens/live-tokens";
import { type UserView, userView } from "@/lib/identity/users/user-view";
import type { Context } from "@/lib/journal/context";
import { read } from "@/lib/platform/db/transact";

export type OwnAccount = { user: UserView /** How many of its API tokens work. */; tokens: number };

/** The calling person's account. */
export async function readOwnAccount(ctx: Context): Promise<OwnAccount> {
  const { userId } = signedInPerson(ctx);
  return read(async () => {
    const user = await ctx.db.prisma.user.findUnique({ where: { id: userId } });
    if (!user) throw noSuch("user");
    const tokens = await ctx.db.prisma.apiToken.count({ where: liveTokens(userId, ctx.clock.now()) });
    return { user: userView(user), tokens };
  });
}
