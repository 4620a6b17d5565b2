import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { openSession, sealSession } from "@/lib/identity/sessions/session-token";

const SECRET = "a secret of more than thirty-two characters";
const CLAIMS = {
  userId: "019a9f7e-0000-7000-8000-000000000001",
  sid: "019a9f7e-0000-7000-8000-000000000002",
  epoch: 3,
};

test("what was sealed is opened, with the same secret only", async () => {
  const sealed = await sealSession(SECRET, CLAIMS, 60);
  expect(await openSession(SECRET, sealed)).toEqual(CLAIMS);
  expect(await openSession(`${SECRET}!`, sealed)).toBeUndefined();
});

test("the sealed text shows nothing of its content", async () => {
  const sealed = await sealSession(SECRET, CLAIMS, 60);
  const decoded = sealed.split(".").map((part) => Buffer.from(part, "base64url").toString("latin1"));
  expect(decoded.join()).not.toContain(CLAIMS.userId);
});

test("an expired one is not opened", async () => {
  expect(await openSession(SECRET, await sealSession(SECRET, CLAIMS, -60))).toBeUndefined();
});

test("a token sealed for another purpose, or with other content, is not a session", async () => {
  expect(await openSession(SECRET, await encode({ token: CLAIMS, secret: SECRET }))).toBeUndefined();
  const salt = "gantry-session";
  expect(
    await openSession(SECRET, await encode({ token: { sub: "x" }, secret: SECRET, salt })),
  ).toBeUndefined();
});

test.each([[""], ["x"], ["a.b.c.d.e"], ["eyJhbGciOiJub25lIn0.e30."], ["x".repeat(100_000)]])(
  "%s is not a session",
  async (text) => {
    expect(await openSession(SECRET, text)).toBeUndefined();
  },
);

test("a changed character is noticed", async () => {
  const sealed = await sealSession(SECRET, CLAIMS, 60);
  const at = sealed.length - 30;
  const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
  expect(await openSession(SECRET, changed)).toBeUndefined();
});
