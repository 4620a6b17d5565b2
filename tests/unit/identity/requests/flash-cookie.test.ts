import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { flashCookieName, openFlash, sealFlash } from "@/lib/identity/requests/flash-cookie";
import { sealSession } from "@/lib/identity/sessions/session-token";

const SECRET = "a secret of more than thirty-two characters";
const MESSAGE = { tone: "success", title: "The API token was revoked" };

test("a notice that was sealed here is shown", async () => {
  expect(await openFlash(SECRET, await sealFlash(SECRET, MESSAGE))).toEqual(MESSAGE);
});

test.each<[string, () => string | Promise<string>]>([
  ["nothing", () => ""],
  ["plain text", () => Buffer.from(JSON.stringify(MESSAGE)).toString("base64url")],
  ["one sealed with another secret", () => sealFlash(`${SECRET}!`, MESSAGE)],
  ["one without a signature", () => "eyJhbGciOiJub25lIn0.eyJtZXNzYWdlIjp7fX0."],
  ["a session", () => sealSession(SECRET, { userId: "u", sid: "s", epoch: 1 }, 60)],
  [
    "one sealed for sessions",
    () => encode({ token: { message: MESSAGE }, secret: SECRET, salt: "gantry-session" }),
  ],
  [
    "one of an hour ago",
    () => encode({ token: { message: MESSAGE }, secret: SECRET, salt: "gantry-flash", maxAge: -3_600 }),
  ],
  ["a hundred thousand characters", () => "x".repeat(100_000)],
])("%s is not", async (_what, make) => {
  expect(await openFlash(SECRET, await make())).toBeUndefined();
});

test("over https only this very host can set the cookie", () => {
  expect(flashCookieName("https://gantry.example")).toBe("__Host-gantry-flash");
  expect(flashCookieName("http://127.0.0.1:3000")).toBe("gantry-flash");
});
