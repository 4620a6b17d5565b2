import { expect, test } from "vitest";
import {
  clearedSessionCookie,
  isSessionExposed,
  readSessionCookie,
  sessionCookie,
} from "@/lib/identity/sessions/session-cookie";

const HTTPS = "https://gantry.example";
const HTTP = "http://127.0.0.1:3000";
const LATER = new Date("2027-01-01T00:00:00Z");

test("over https the cookie is bound to this very host, and always hidden from scripts", () => {
  expect(sessionCookie(HTTPS, "v", LATER)).toEqual({
    name: "__Host-gantry-session",
    value: "v",
    attributes: { httpOnly: true, secure: true, sameSite: "lax", path: "/", expires: LATER },
  });
  expect(sessionCookie(HTTP, "v", LATER)).toMatchObject({
    name: "gantry-session",
    attributes: { httpOnly: true, secure: false, sameSite: "lax" },
  });
});

test("clearing sets the same cookie in the past", () => {
  expect(clearedSessionCookie(HTTPS)).toMatchObject({ name: "__Host-gantry-session", value: "" });
  expect(clearedSessionCookie(HTTPS).attributes.expires.getTime()).toBe(0);
});

test.each([
  [undefined, HTTP, undefined],
  ["", HTTP, undefined],
  ["gantry-session=", HTTP, undefined],
  ["gantry-session=abc", HTTP, "abc"],
  ["a=1; gantry-session=abc; b=2", HTTP, "abc"],
  ["gantry-session=first; gantry-session=second", HTTP, "first"],
  ["x-gantry-session=abc", HTTP, undefined],
  ["gantry-session=abc", HTTPS, undefined],
  ["__Host-gantry-session=abc", HTTPS, "abc"],
])("in %j at %s the session is %j", (header, url, value) => {
  expect(readSessionCookie(header, url)).toBe(value);
});

test.each([
  ["https://gantry.example", false],
  ["http://gantry.example", true],
  ["http://10.0.0.7:3000", true],
  ["http://127.0.0.1:3000", false],
  ["http://localhost:3000", false],
  ["http://[::1]:3000", false],
  ["http://127.evil.example", true],
])("a session of %s travels unprotected: %s", (url, exposed) => {
  expect(isSessionExposed(url)).toBe(exposed);
});
