import { expect, test } from "vitest";
import { sealSession } from "@/lib/identity/sessions/session-token";
import { deviceCookie, deviceOf, readDeviceCookie } from "@/lib/identity/sign-in/known-device";

const ROOM = { url: "https://gantry.example", secret: "of the tests, longer than thirty-two" };
const ADA = { userId: "0196f0d2-0000-7000-8000-000000000001", epoch: 3, method: "password" as const };
const ACCOUNT = { id: ADA.userId, epoch: 3 };

async function known(account: { id: string; epoch: number } | null, secret = ROOM.secret) {
  const { value } = await deviceCookie(ROOM, ADA, new Date());
  return deviceOf(await readDeviceCookie({ ...ROOM, secret }, value), account);
}

test("a browser is known for the account that it signed in to, as a device of its own", async () => {
  expect(await known(ACCOUNT)).toMatch(/^[0-9a-f-]{36}$/);
  expect(await known(ACCOUNT)).not.toBe(await known(ACCOUNT));
});

test.each([
  ["for another account", { ...ACCOUNT, id: "0196f0d2-0000-7000-8000-000000000002" }, undefined],
  ["after the password was changed", { ...ACCOUNT, epoch: 4 }, undefined],
  ["for no account", null, undefined],
  ["when another instance made the cookie", ACCOUNT, "another secret, longer than thirty-two"],
])("not %s", async (_what, account, secret) => {
  expect(await known(account, secret)).toBeUndefined();
});

test.each([[undefined], [""], ["nonsense"], ["x".repeat(5_000)]])("%j is no device", async (cookie) => {
  expect(await readDeviceCookie(ROOM, cookie)).toBeUndefined();
  expect(deviceOf(undefined, null)).toBeUndefined();
});

test("a session is no device", async () => {
  const session = await sealSession(ROOM.secret, { userId: ADA.userId, sid: ADA.userId, epoch: 3 }, 60);
  expect(await readDeviceCookie(ROOM, session)).toBeUndefined();
});

test("scripts cannot read the cookie, and over https no other host can set it", async () => {
  const { name, attributes } = await deviceCookie(ROOM, ADA, new Date(0));
  expect(name).toBe("__Host-gantry-device");
  expect(attributes).toMatchObject({ httpOnly: true, secure: true, sameSite: "lax", path: "/" });
  expect(attributes.expires).toEqual(new Date(180 * 24 * 60 * 60 * 1000));
  expect((await deviceCookie({ ...ROOM, url: "http://localhost" }, ADA, new Date())).name).toBe(
    "gantry-device",
  );
});
