import type { Page } from "@playwright/test";
import { expect, PASSWORD, test } from "@/tests/support/browser/pages";

const WAYS = [
  { name: "on a wide screen", use: {} },
  { name: "without JavaScript", use: { javaScriptEnabled: false } },
];

for (const way of WAYS) {
  test.describe(way.name, () => {
    test.use(way.use);

    test("setup, sign-out, sign-in, and an invited colleague", async ({ page, server, expectGoodPage }) => {
      test.slow(); // The whole journey, with a check of every page on the way.
      await test.step("the home page has no user and sets no cookie", async () => {
        await page.goto("/");
        await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
        expect(await page.context().cookies()).toEqual([]);
        await expectGoodPage();
      });

      await test.step("setup refuses a weak password beside the field and keeps the other values", async () => {
        await page.goto(server.setupLink);
        await fillSetup(page, "ada@acme.example");
        await page.getByRole("button", { name: "Create admin account" }).click();
        const password = page.getByLabel("Password");
        await expect(password).toHaveAccessibleDescription(/same as the name or the email address/);
        await expect(password).toHaveValue("");
        await expect(page.getByLabel("Your name")).toHaveValue("Ada Lovelace");
        await expect(page.getByLabel("Email address")).toHaveValue("ada@acme.example");
        await expectGoodPage();
      });

      const token =
        await test.step("setup creates an admin and signs in; API tokens are created separately", async () => {
          await page.getByLabel("Password").fill(PASSWORD);
          await page.getByRole("button", { name: "Create admin account" }).click();
          await expect(page.getByRole("heading", { name: "You are signed in as admin" })).toBeVisible();
          await expect(page.getByText(/gtry_/)).toHaveCount(0);
          await expectGoodPage();
          await page.getByRole("link", { name: "create an API token" }).click();
          await expect(page.getByText("You have no API tokens.", { exact: false })).toBeVisible();
          await page.getByLabel("Name", { exact: true }).fill("invitations");
          await page.getByRole("checkbox", { name: "admin" }).check();
          await page.getByRole("button", { name: "Create API token" }).click();
          const shown = await page
            .getByRole("alert")
            .getByText(/^gtry_/)
            .textContent();
          await page.goto(server.setupLink);
          await expect(page.getByText("Setup is complete")).toBeVisible();
          return shown ?? "";
        });

      await test.step("the cookies of session and device are out of reach of scripts", async () => {
        const safe = { httpOnly: true, sameSite: "Lax", path: "/" };
        const cookies = await page.context().cookies();
        expect(cookies.toSorted((a, b) => a.name.localeCompare(b.name))).toMatchObject([
          { name: "gantry-device", ...safe },
          { name: "gantry-session", ...safe },
        ]);
      });

      await test.step("signing out forgets the session", async () => {
        await page.goto("/account");
        await expect(page.getByText("ada@acme.example")).toBeVisible();
        await expectGoodPage();
        const answered = page.waitForResponse((response) => response.request().method() === "POST");
        await page.getByRole("button", { name: "Sign out" }).click();
        expect(await (await answered).headerValue("clear-site-data")).toBe('"storage"');
        await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
        // The device cookie stays, but it gives no session.
        expect(await page.context().cookies()).toMatchObject([{ name: "gantry-device" }]);
      });

      await test.step("a wrong password is reported, and the address stays", async () => {
        await page.goto("/account");
        await expect(page).toHaveURL("/sign-in?next=/account");
        await signIn(page, "ada@acme.example", "wrong wrong wrong");
        await expect(
          page.getByRole("alert").getByText("The email address or the password is wrong."),
        ).toBeVisible();
        await expect(page.getByLabel("Email address")).toHaveValue("ada@acme.example");
        await expectGoodPage();
      });

      await test.step("the right one leads to the requested page", async () => {
        await signIn(page, "ada@acme.example", PASSWORD);
        await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
        await page.getByRole("button", { name: "Sign out" }).click();
        await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
      });

      await test.step("an invited colleague chooses a password, once", async () => {
        const { inviteUrl } = await api(server.url, token, "POST", "/users", {
          email: "grace@acme.example",
          name: "Grace Hopper",
          role: "publisher",
        });
        await page.goto(inviteUrl);
        await expect(page.getByLabel("Your name")).toHaveValue("Grace Hopper");
        await expectGoodPage();
        await page.getByLabel("Password").fill(PASSWORD);
        await page.getByRole("button", { name: "Set password and sign in" }).click();
        await page.waitForURL("/");
        await page.goto("/account");
        await expect(page.getByText("grace@acme.example").first()).toBeVisible();
        await page.goto(inviteUrl);
        await expect(
          page.getByText("This invitation was used, has expired, or never existed."),
        ).toBeVisible();
        await expectGoodPage();
      });

      await test.step("a suspended colleague is signed out on the next click and sees why at the next sign-in", async () => {
        const { items } = await api(server.url, token, "GET", "/users");
        const { id } = items.find(({ email }: { email: string }) => email === "grace@acme.example");
        await api(server.url, token, "PATCH", `/users/${id}`, { role: "suspended" });
        await page.goto("/account");
        await signIn(page, "grace@acme.example", PASSWORD);
        await expect(page.getByText("This account is suspended.")).toBeVisible();
      });
    });
  });
}

test("signing in never redirects to another site, and setup without its token explains itself", async ({
  page,
  server,
  expectGoodPage,
}) => {
  await page.goto("/setup");
  await expect(page.getByText("Open the one-time setup link")).toBeVisible();
  await expectGoodPage();
  await page.goto("/setup?token=wrong");
  await fillSetup(page, PASSWORD);
  await page.getByRole("button", { name: "Create admin account" }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "The setup token is incorrect." });
  await expect(refusal).toBeFocused();
  await page.goto(server.setupLink);
  await fillSetup(page, PASSWORD);
  await page.getByRole("button", { name: "Create admin account" }).click();
  await page.getByRole("link", { name: "Go to the home page" }).click();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  await page.goto("/sign-in?next=//evil.example/x");
  await signIn(page, "ada@acme.example", PASSWORD);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  expect(new URL(page.url()).origin).toBe(server.url);
  await page.goto("/account");
  await expect(page.getByText("ada@acme.example").first()).toBeVisible();
  expect(new URL(page.url()).origin).toBe(server.url);
});

async function fillSetup(page: Page, password: string): Promise<void> {
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("Email address").fill("ada@acme.example");
  await page.getByLabel("Password").fill(password);
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function api(url: string, token: string, method: string, path: string, body?: object) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${method} ${path} answered ${answer.status}`).toBe(true);
  return answer.json();
}
