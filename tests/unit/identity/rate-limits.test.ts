import { describe, expect, test } from "vitest";
import { identityRateLimitsOver, type SignInLimiter } from "@/lib/identity/rate-limits";
import { MemoryWindow } from "@/lib/platform/rate-limits/memory-window";
import { networkOf } from "@/lib/platform/rate-limits/network-of";

const REFUSED = expect.objectContaining({ code: "too_many_attempts", retryAfterSeconds: expect.any(Number) });

describe("wrong sign-ins", () => {
  test("twenty at one account from one address are stopped after ten", async () => {
    const { signIn } = openLimits();
    expect(await accepted(signIn, 20, () => ["ada", "192.0.2.1"])).toBe(10);
  });

  test("twenty at once are stopped after ten too", async () => {
    const { signIn } = openLimits();
    const tries = Array.from({ length: 20 }, () => signIn.consume("ada", "192.0.2.1"));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  });

  test("the owner signs in from elsewhere while a guesser is stopped", async () => {
    const { signIn } = openLimits();
    await accepted(signIn, 20, () => ["ada", "192.0.2.1"]);
    await expect(signIn.consume("ada", "192.0.2.1")).rejects.toEqual(REFUSED);
    await (await signIn.consume("ada", "198.51.100.9")).succeed();
  });

  test("many addresses together get fewer tries each, but the owner's address always gets some", async () => {
    const { signIn } = openLimits();
    const perAddress = [];
    for (let host = 1; host <= 40; host += 1)
      perAddress.push(await accepted(signIn, 20, () => ["ada", `192.0.2.${host}`]));
    expect(perAddress.slice(0, 5)).toEqual([10, 10, 10, 10, 10]);
    expect(perAddress.slice(5).every((tries) => tries === 3)).toBe(true);
    await (await signIn.consume("ada", "198.51.100.9")).succeed();
  });

  test("hammering at one account locks out no one else at the same address", async () => {
    const { signIn } = openLimits();
    await accepted(signIn, 500, () => ["ada", "192.0.2.1"]);
    await (await signIn.consume("grace", "192.0.2.1")).succeed();
  });

  test("nothing that happens at other accounts keeps the right password of one out", async () => {
    const { signIn } = openLimits();
    await accepted(signIn, 2_000, (n) => [`user-${n % 200}`, "192.0.2.1"]);
    await (await signIn.consume("ada", "192.0.2.1")).succeed();
  });

  test("a device that signed in before passes while its network is stopped, but guesses no more than others", async () => {
    const { signIn } = openLimits();
    await accepted(signIn, 20, () => ["ada", "192.0.2.1"]);
    await (await signIn.consume("ada", "192.0.2.1", "laptop")).succeed();
    expect(await accepted(signIn, 20, () => ["ada", "192.0.2.1", "laptop"])).toBe(10);
    await (await signIn.consume("ada", "192.0.2.1", "phone")).succeed();
  });

  test("an IPv6 network counts as one address", async () => {
    const { signIn } = openLimits();
    expect(await accepted(signIn, 20, (n) => ["ada", `2001:db8:0:1::${n}`])).toBe(10);
    await signIn.consume("ada", "2001:db8:0:2::1");
  });

  test("a right password forgets the failures before it, and a refunded attempt never counted", async () => {
    const { signIn } = openLimits();
    await accepted(signIn, 9, () => ["ada", "192.0.2.1"]);
    await (await signIn.consume("ada", "192.0.2.1")).succeed();
    expect(await accepted(signIn, 20, () => ["ada", "192.0.2.1"])).toBe(10);
    for (let n = 0; n < 100; n += 1) await (await signIn.consume("eve", "192.0.2.2")).refund();
    expect(await accepted(signIn, 20, () => ["eve", "192.0.2.2"])).toBe(10);
  });

  test("signing in rightly all day is never limited", async () => {
    const { signIn } = openLimits();
    for (let n = 0; n < 200; n += 1) await (await signIn.consume(`user-${n}`, "192.0.2.1")).succeed();
  });
});

test("wrong links are stopped after ten, by address", async () => {
  const { consumeWrongLink } = openLimits();
  for (let n = 0; n < 10; n += 1) await consumeWrongLink("192.0.2.1");
  await expect(consumeWrongLink("192.0.2.1")).rejects.toEqual(REFUSED);
  await consumeWrongLink("192.0.2.2");
});

test("a network with ten wrong links is refused before the next one is looked up", async () => {
  const { consumeWrongLink, refuseGuessedLinks } = openLimits();
  await refuseGuessedLinks("192.0.2.1");
  for (let n = 0; n < 10; n += 1) await consumeWrongLink("192.0.2.1");
  await expect(refuseGuessedLinks("192.0.2.1")).rejects.toEqual(REFUSED);
  await refuseGuessedLinks("192.0.2.2");
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8::1", "32.1.13.184.0.0.0.0/64"],
  ["2001:db8::ffff:1", "32.1.13.184.0.0.0.0/64"],
  ["", ""],
])("the network of %j is %j", (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

/** The same rules as on the database, whose windows tests/integration/platform/rate-limits.test.ts covers. */
function openLimits() {
  return identityRateLimitsOver((_name, windowSeconds) => new MemoryWindow({ windowSeconds }));
}

/** How many of `tries` wrong sign-ins get as far as the password. */
async function accepted(
  signIn: SignInLimiter,
  tries: number,
  who: (n: number) => [account: string, ip: string, device?: string],
): Promise<number> {
  let count = 0;
  for (let n = 0; n < tries; n += 1) {
    try {
      await signIn.consume(...who(n));
      count += 1;
    } catch (error) {
      expect(error).toEqual(REFUSED);
    }
  }
  return count;
}
