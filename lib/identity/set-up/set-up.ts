import { type Email, parseEmail } from "@/lib/identity/email";
import type { IdentityContext } from "@/lib/identity/identity";
import { checkPassword, hashPassword } from "@/lib/identity/password";
import { parseName } from "@/lib/identity/person-name";
import type { SignedIn } from "@/lib/identity/sessions/signed-in";
import { removeSetupTokenFile } from "@/lib/identity/set-up/setup-token";
import { createFirstToken, type FirstToken, firstTokenExpiry } from "@/lib/identity/tokens/first-token";
import { lockAdmins } from "@/lib/identity/users/admins";
import { type UserView, userView } from "@/lib/identity/users/user-view";
import { SCOPES, systemActor } from "@/lib/journal/actor";
import { appendAudit } from "@/lib/journal/audit";
import { sha256Hex } from "@/lib/platform/crypto";
import type { Database, Tx } from "@/lib/platform/db/database";
import { read, transact } from "@/lib/platform/db/transact";
import { AppError } from "@/lib/platform/errors";
import type { Turn } from "@/lib/platform/fair-queue";
import { processLog } from "@/lib/platform/log";

export type SetUpInput = {
  token: string;
  email: string;
  name: string;
  password: string;
  ip: string;
  /** Also creates an API token with every scope. Its expiry: null = never, undefined = in a day. */
  apiToken?: { expiresAt?: Date | null | undefined } | undefined;
};

export type SetUpResult = SignedIn & { user: UserView; apiToken: FirstToken | undefined };

/** Creates the first admin and closes setup. `setup_closed` once there is one, `setup_token_invalid` for a wrong token. */
export async function setUp(ctx: IdentityContext, input: SetUpInput): Promise<SetUpResult> {
  await refuseStranger(ctx, input);
  const email = parseEmail(input.email);
  const name = parseName(input.name);
  checkPassword(input.password, { email, name });
  const tokenExpiresAt = input.apiToken && firstTokenExpiry(ctx.clock.now(), input.apiToken.expiresAt);
  const turn: Turn = { key: "set-up", standing: "account" };
  const passwordHash = await ctx.identity.hashing.run(turn, () => hashPassword(input.password));
  const result = await transact(ctx.db, async (tx) => {
    await lockAdmins(tx);
    if (await setupIsClosed(tx)) throw setupClosed();
    return createFirstAdmin(tx, ctx, { email, name, passwordHash }, tokenExpiresAt);
  });
  await removeSetupTokenFile(ctx.identity.dataDir).catch((err) =>
    processLog.peek()?.warn({ err }, "the used setup token could not be removed from the data folder"),
  );
  return result;
}

/** Whether there is no admin yet. */
export async function isSetupOpen(db: Database): Promise<boolean> {
  return read(async () => !(await setupIsClosed(db.prisma)));
}

async function setupIsClosed(tx: Tx): Promise<boolean> {
  return (await tx.user.count({ where: { role: "admin" } })) > 0;
}

/** A right token is never rate-limited, so guessing cannot lock out the owner. */
async function refuseStranger({ db, identity }: IdentityContext, input: SetUpInput): Promise<void> {
  if (identity.isSetUp || !(await isSetupOpen(db))) {
    identity.isSetUp = true;
    throw setupClosed();
  }
  const tokenHash = sha256Hex(input.token);
  if (await read(() => db.prisma.setupToken.findUnique({ where: { tokenHash } }))) return;
  await identity.rateLimits.consumeWrongLink(input.ip);
  throw new AppError("setup_token_invalid", "The setup token is incorrect.", {
    suggestion:
      "Use the link that the server printed when it started, or the token in the file setup-token in its data folder.",
  });
}

async function createFirstAdmin(
  tx: Tx,
  ctx: IdentityContext,
  data: { email: Email; name: string; passwordHash: string },
  tokenExpiresAt: Date | null | undefined,
): Promise<SetUpResult> {
  const user = await tx.user.create({ data: { ...data, role: "admin" } });
  const made =
    tokenExpiresAt === undefined
      ? undefined
      : await createFirstToken(tx, {
          userId: user.id,
          name: "Set-up",
          scopes: SCOPES,
          expiresAt: tokenExpiresAt,
        });
  await tx.setupToken.deleteMany();
  await appendAudit(
    tx,
    { ...ctx, actor: systemActor("set-up") },
    {
      action: "setup.complete",
      subject: { kind: "user", id: user.id },
      after: {
        email: user.email,
        name: user.name,
        role: user.role,
        ...(made ? { apiTokenId: made.id, expiresAt: made.expiresAt } : {}),
      },
    },
  );
  return { userId: user.id, epoch: user.epoch, method: "setup", user: userView(user), apiToken: made };
}

function setupClosed(): AppError {
  return new AppError("setup_closed", "Gantry already has an admin.", {
    suggestion: "Sign in, or ask an admin for an invitation.",
  });
}
