import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { setUp } from "@/lib/identity/set-up/set-up";
import { authenticate } from "@/lib/identity/sign-in/authenticate";
import { changePassword } from "@/lib/identity/sign-in/change-password";
import { deviceCookie } from "@/lib/identity/sign-in/known-device";
import { readInvitation } from "@/lib/identity/users/read-invitation";
import { openIdentity, PASSWORD, type TestIdentity } from "@/tests/support/identity";

const coded = (code: string) => expect.objectContaining({ code });
const NETWORK = "198.51.100.7";

describe("sign-in limits", () => {
  let room: TestIdentity;

  beforeAll(async () => {
    room = await openIdentity("pglite");
  });
  afterAll(() => room.close());

  const signIn = (email: string, password: string, device?: string) =>
    authenticate(room.services, { email, password, ip: NETWORK, deviceCookie: device });

  async function guessAt(email: string, tries: number) {
    for (let count = 0; count < tries; count += 1)
      await signIn(email, `wrong password ${count}`).catch(String);
  }

  test("sixty wrong passwords from a network keep no right one of another account out", async () => {
    const ada = await room.person("publisher");
    for (let account = 0; account < 6; account += 1) await guessAt(`nobody-${account}@acme.example`, 10);
    expect(await signIn(ada.email, PASSWORD)).toMatchObject({ userId: ada.userId });
  });

  test("a guesser is stopped, and the owner's browser can sign in from the same network", async () => {
    const { email, userId } = await room.person("publisher");
    const signedIn = await signIn(email, PASSWORD);
    const { value } = await deviceCookie(room.services.identity, signedIn, new Date());
    await guessAt(email, 10);
    await expect(signIn(email, PASSWORD)).rejects.toEqual(coded("too_many_attempts"));
    expect(await signIn(email, PASSWORD, value)).toMatchObject({ userId });
    const other = await room.person("publisher");
    await guessAt(other.email, 10);
    await expect(signIn(other.email, PASSWORD, value)).rejects.toEqual(coded("too_many_attempts"));
  });

  test("a new password makes the old browsers strangers", async () => {
    const person = await room.person("publisher");
    const { value } = await deviceCookie(
      room.services.identity,
      await signIn(person.email, PASSWORD),
      new Date(),
    );
    const change = { currentPassword: PASSWORD, newPassword: "another good password", ip: NETWORK };
    await changePassword(person.ctx, change);
    await guessAt(person.email, 10);
    await expect(signIn(person.email, change.newPassword, value)).rejects.toEqual(coded("too_many_attempts"));
  });

  test("most of a crowd that signs in at once get Retry-After, and their attempts do not count", async () => {
    const { email } = await room.person("publisher");
    const all = Array.from({ length: 9 }, () => signIn(email, "wrong wrong wrong"));
    const crowd = Array.from({ length: 60 }, (_, n) =>
      signIn(`nobody-${n}@crowd.example`, "wrong wrong wrong"),
    );
    const outcomes = await Promise.allSettled([...all, ...crowd]);
    const busy = outcomes.filter(({ status, ...rest }) => "reason" in rest && rest.reason.code === "busy");
    expect(busy.length).toBeGreaterThan(30);
    expect(busy[0]).toMatchObject({ reason: { status: 503, retryAfterSeconds: 2 } });
    expect(await signIn(email, PASSWORD)).toBeDefined();
  });

  test("after ten wrong links the next one is refused before the database is read", async () => {
    const guess = (n: number) => readInvitation(room.services, { token: `guess-${n}`, ip: "203.0.113.9" });
    for (let n = 0; n < 10; n += 1) await expect(guess(n)).rejects.toEqual(coded("invitation_invalid"));
    const asked = vi.spyOn(room.services.db.prisma.invitation, "findUnique");
    await expect(guess(11)).rejects.toEqual(coded("too_many_attempts"));
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test("once there is an admin, a setup token is refused without asking the database", async () => {
    const form = { token: "guess", email: "eve@acme.example", name: "Eve", password: PASSWORD, ip: NETWORK };
    await room.person("admin");
    await expect(setUp(room.nobody, form)).rejects.toEqual(coded("setup_closed"));
    const asked = vi.spyOn(room.services.db.prisma.user, "count");
    await expect(setUp(room.nobody, form)).rejects.toEqual(coded("setup_closed"));
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });
});
