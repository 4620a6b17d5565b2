import { describe, expect, test } from "vitest";
import { createThrottles, networkOf, type SignInThrottle } from "@/lib/identity/rate-limits";

const REFUSED = expect.objectContaining({ code: "too_many_attempts", retryAfterSeconds: expect.any(Number) });

describe("wrong sign-ins", () => {
  test("twenty at one account from one address are stopped after ten", async () => {
    const { signIn } = createThrottles();
    expect(await accepted(signIn, 20, () => ["ada", "192.0.2.1"])).toBe(10);
  });

  test("twenty at once are stopped after ten too", async () => {
    const { signIn } = createThrottles();
    const tries = Array.from({ length: 20 }, async () => signIn.begin("ada", "192.0.2.1"));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  });

  test("the owner signs in from elsewhere while a guesser is stopped", async () => {
    const { signIn } = createThrottles();
    await accepted(signIn, 20, () => ["ada", "192.0.2.1"]);
    expect(() => signIn.begin("ada", "192.0.2.1")).toThrow(REFUSED);
    signIn.begin("ada", "198.51.100.9").succeed();
  });

  test("many addresses together get fewer tries each, but the owner's address always gets some", async () => {
    const { signIn } = createThrottles();
    const perAddress = [];
    for (let host = 1; host <= 40; host += 1)
      perAddress.push(await accepted(signIn, 20, () => ["ada", `192.0.2.${host}`]));
    expect(perAddress.slice(0, 5)).toEqual([10, 10, 10, 10, 10]);
    expect(perAddress.slice(5).every((tries) => tries === 3)).toBe(true);
    signIn.begin("ada", "198.51.100.9").succeed();
  });

  test("hammering at one account locks out nobody else at the same address", async () => {
    const { signIn } = createThrottles();
    await accepted(signIn, 500, () => ["ada", "192.0.2.1"]);
    signIn.begin("grace", "192.0.2.1").succeed();
  });

  test("nothing that happens at other accounts keeps the right password of one out", async () => {
    const { signIn } = createThrottles();
    await accepted(signIn, 2_000, (n) => [`user-${n % 200}`, "192.0.2.1"]);
    signIn.begin("ada", "192.0.2.1").succeed();
  });

  test("a device that signed in before passes while its network is stopped, but guesses no more than others", async () => {
    const { signIn } = createThrottles();
    await accepted(signIn, 20, () => ["ada", "192.0.2.1"]);
    signIn.begin("ada", "192.0.2.1", "laptop").succeed();
    expect(await accepted(signIn, 20, () => ["ada", "192.0.2.1", "laptop"])).toBe(10);
    signIn.begin("ada", "192.0.2.1", "phone").succeed();
  });

  test("an IPv6 network counts as one address", async () => {
    const { signIn } = createThrottles();
    expect(await accepted(signIn, 20, (n) => ["ada", `2001:db8:0:1::${n}`])).toBe(10);
    signIn.begin("ada", "2001:db8:0:2::1");
  });

  test("a right password forgets the failures before it, and a withdrawn try never counted", async () => {
    const { signIn } = createThrottles();
    await accepted(signIn, 9, () => ["ada", "192.0.2.1"]);
    signIn.begin("ada", "192.0.2.1").succeed();
    expect(await accepted(signIn, 20, () => ["ada", "192.0.2.1"])).toBe(10);
    for (let n = 0; n < 100; n += 1) signIn.begin("eve", "192.0.2.2").withdraw();
    expect(await accepted(signIn, 20, () => ["eve", "192.0.2.2"])).toBe(10);
  });

  test("signing in rightly all day is never throttled", async () => {
    const { signIn } = createThrottles();
    for (let n = 0; n < 200; n += 1) signIn.begin(`user-${n}`, "192.0.2.1").succeed();
  });
});

test("wrong links are stopped after ten, by address", () => {
  const { countWrongLink } = createThrottles();
  for (let n = 0; n < 10; n += 1) countWrongLink("192.0.2.1");
  expect(() => countWrongLink("192.0.2.1")).toThrow(REFUSED);
  countWrongLink("192.0.2.2");
});

test("whoever tried ten wrong links is refused before the next one is looked up", () => {
  const { countWrongLink, refuseGuessedLinks } = createThrottles();
  refuseGuessedLinks("192.0.2.1");
  for (let n = 0; n < 10; n += 1) countWrongLink("192.0.2.1");
  expect(() => refuseGuessedLinks("192.0.2.1")).toThrow(REFUSED);
  refuseGuessedLinks("192.0.2.2");
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

/** How many of `tries` wrong sign-ins get as far as the password. */
async function accepted(
  signIn: SignInThrottle,
  tries: number,
  who: (n: number) => [account: string, ip: string, device?: string],
): Promise<number> {
  let count = 0;
  for (let n = 0; n < tries; n += 1) {
    try {
      signIn.begin(...who(n));
      count += 1;
    } catch (error) {
      expect(error).toEqual(REFUSED);
    }
  }
  return count;
}
