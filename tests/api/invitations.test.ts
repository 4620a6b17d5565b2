import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGantry, type TestGantry } from "@/tests/support/gantry";

let gantry: TestGantry;

beforeAll(async () => {
  gantry = await startTestGantry({});
});
afterAll(() => gantry?.close());

const PASSWORD = "a long enough sentence";
const ACCEPT = "/api/v1/invitations/accept";

async function invite(email: string, role = "publisher"): Promise<string> {
  const { body } = await gantry.admin("POST", "/api/v1/users", { email, name: "Someone", role });
  return new URL(body.inviteUrl).pathname.split("/").at(-1) ?? "";
}

test("an invited person chooses name and password and may go on with a token of the scopes asked for", async () => {
  const token = await invite("rita@acme.example", "reviewer");
  const accepted = await gantry.anonymous("POST", ACCEPT, {
    token,
    name: "Rita Reviewer",
    password: PASSWORD,
    scopes: ["review"],
  });
  expect(accepted).toMatchObject({
    status: 200,
    body: {
      user: { email: "rita@acme.example", name: "Rita Reviewer", role: "reviewer", state: "active" },
      token: expect.stringMatching(/^gtry_/),
    },
  });
  const rita = gantry.callWith(accepted.body.token);
  expect((await rita("GET", "/api/v1/audit")).body).toMatchObject({ code: "scope_missing" });
  const { body } = await gantry.admin("GET", "/api/v1/audit");
  expect(body.items[0]).toMatchObject({
    action: "invitation.accept",
    subject: { kind: "user", id: accepted.body.user.id },
    after: { name: "Rita Reviewer", scopes: ["review"] },
  });
});

test("without scopes no token is made", async () => {
  const token = await invite("pia@acme.example");
  const accepted = await gantry.anonymous("POST", ACCEPT, { token, name: "Pia", password: PASSWORD });
  expect(accepted).toMatchObject({ status: 200, body: { token: null, tokenExpiresAt: null } });
});

test("the token ends after a day, when the caller says, or never", async () => {
  const chosen = new Date(Date.now() + 3_600_000).toISOString();
  const ends: Record<string, string | null | undefined> = { tina: undefined, carl: chosen, nora: null };
  for (const [name, tokenExpiresAt] of Object.entries(ends)) {
    const token = await invite(`${name}@acme.example`);
    const input = { token, name, password: PASSWORD, scopes: ["submissions"], tokenExpiresAt };
    const { body } = await gantry.anonymous("POST", ACCEPT, input);
    if (tokenExpiresAt === undefined) {
      const hours = (Date.parse(body.tokenExpiresAt) - Date.parse(body.user.createdAt)) / 3_600_000;
      expect(hours).toBeCloseTo(24, 1);
    } else expect(body.tokenExpiresAt).toBe(tokenExpiresAt);
  }
});

test("an invitation works once", async () => {
  const token = await invite("otto@acme.example");
  const input = { token, name: "Otto", password: PASSWORD };
  expect((await gantry.anonymous("POST", ACCEPT, input)).status).toBe(200);
  const again = await gantry.anonymous("POST", ACCEPT, { ...input, password: `${PASSWORD}, another` });
  expect(again.body).toMatchObject({ code: "invitation_invalid", suggestion: expect.any(String) });
});

test.each<[string, object]>([
  ["a scope that is none", { scopes: ["everything"] }],
  ["no scope at all", { scopes: [] }],
  ["one scope twice", { scopes: ["review", "review"] }],
  ["a short password", { password: "short" }],
  ["no name", { name: "  " }],
  ["a token that has ended", { scopes: ["review"], tokenExpiresAt: "2020-01-01T00:00:00Z" }],
])("%s is refused, and the invitation can still be used", async (_case, wrong) => {
  const token = await invite(`${Math.random()}@acme.example`);
  const input = { token, name: "Someone", password: PASSWORD };
  const refused = await gantry.anonymous("POST", ACCEPT, { ...input, ...wrong });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.status).toBeLessThan(500);
  expect((await gantry.anonymous("POST", ACCEPT, input)).status).toBe(200);
});

test("a link that never existed is refused", async () => {
  const input = { token: "no-such-link", name: "Eve", password: PASSWORD };
  expect((await gantry.anonymous("POST", ACCEPT, input)).body).toMatchObject({ code: "invitation_invalid" });
});
