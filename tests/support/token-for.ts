/** An API token for an invited person, as they would make it after accepting: by the same core functions. */

import { createToken } from "@/lib/identity/create-token";
import { SCOPES } from "@/lib/journal/actor";
import { services } from "@/lib/journal/context";

export async function tokenFor(userId: string, scopes: readonly string[]): Promise<string> {
  const user = await services
    .get()
    .db.prisma.user.update({ where: { id: userId }, data: { passwordHash: "never-matches" } });
  const actor = { kind: "user", userId, name: user.name, role: user.role, sessionId: userId } as const;
  const wanted = SCOPES.filter((scope) => scopes.includes(scope));
  const { token } = await createToken(
    { ...services.get(), actor, requestId: undefined },
    { name: "Test token", scopes: wanted },
  );
  return token;
}
