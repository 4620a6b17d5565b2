import type { Page } from "@playwright/test";
import pg from "pg";
import { test as base, expect, PASSWORD } from "@/tests/support/browser/pages";
import { type Postgres, startPostgres } from "@/tests/support/databases/postgres";
import { startServer } from "@/tests/support/servers/running-server";

const NEW_PASSWORD = "staple battery horse correct";

/** Makes every sign-in one hour old. */
type Fixtures = { database: string; age(): Promise<void> };

/** Runs on PostgreSQL, where a test can change sessions while the server runs. */
const test = base.extend<Fixtures, { postgres: Postgres }>({
  postgres: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
    async ({}, use) => {
      const postgres = await startPostgres();
      await use(postgres);
      await postgres.close();
    },
    { scope: "worker" },
  ],
  database: async ({ postgres }, use) => use(await postgres.createDatabase()),
  server: async ({ database }, use) => {
    const server = await startServer({ DATABASE_URL: database });
    await use(server);
    await server.stop();
  },
  age: async ({ database }, use) => {
    await use(async () => {
      const client = new pg.Client({ connectionString: database });
      await client.connect();
      await client.query(`UPDATE "Session" SET "authenticatedAt" = now() - interval '1 hour'`);
      await client.end();
    });
  },
});

const WAYS = [
  { name: "with JavaScript", use: {} },
  { name: "without JavaScript", use: { javaScriptEnabled: false } },
];

for (const way of WAYS) {
  test.describe(way.name, () => {
    test.use(way.use);

    test("a sensitive form asks for the password again and loses nothing", async ({
      page,
      server,
      age,
      expectGoodPage,
    }) => {
      test.slow();
      await page.goto(server.setupLink);
      await page.getByLabel("Your name").fill("Ada Lovelace");
      await page.getByLabel("Email address").fill("ada@acme.example");
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Create admin account" }).click();
      await page.getByRole("link", { name: "invite your colleagues" }).click();

      await test.step("an old sign-in can invite a publisher, but must confirm before it invites an admin", async () => {
        await age();
        await invite(page, "pia@acme.example", "publisher");
        await expect(page.getByText(/\/invite\/\S+/).first()).toBeVisible();
        await page.goto("/admin/users");
        await invite(page, "grace@acme.example", "admin");
        await expect(page.getByText("Confirm that it’s you")).toBeVisible();
        await expect(page.getByLabel("Email address")).toHaveValue("grace@acme.example");
        await expect(page.getByLabel("Role").first()).toHaveValue("admin");
        await expectGoodPage();
      });

      await test.step("a wrong password is reported beside its field, and the form keeps its values", async () => {
        await page.getByLabel("Your password").fill("wrong wrong wrong");
        await page.getByRole("button", { name: "Invite person" }).click();
        await expect(page.getByLabel("Your password")).toHaveAccessibleDescription(/not your current/);
        await expect(page.getByLabel("Email address")).toHaveValue("grace@acme.example");
      });

      await test.step("the right password sends the form and is not required again soon", async () => {
        await page.getByLabel("Your password").fill(PASSWORD);
        await page.getByRole("button", { name: "Invite person" }).click();
        await expect(page.getByText(/\/invite\/\S+/).first()).toBeVisible();
        await page.goto("/admin/users");
        await invite(page, "boss@acme.example", "admin");
        await expect(page.getByText(/\/invite\/\S+/).first()).toBeVisible();
        await expect(page.getByLabel("Your password")).toHaveCount(0);
      });

      await test.step("resetting your own password asks for confirmation in its dialog", async () => {
        await age();
        await page.goto("/admin/users");
        const own = page.getByRole("row").filter({ hasText: "ada@acme.example" });
        await own.getByText("Reset password", { exact: true }).click();
        await own.getByRole("button", { name: "Create reset link" }).click();
        await expect(own.getByText("Confirm that it’s you")).toBeVisible();
        await expectGoodPage();
        await own.getByLabel("Your password").fill(PASSWORD);
        await own.getByRole("button", { name: "Create reset link" }).click();
        await expect(own.getByText(/\/invite\/\S+/).first()).toBeVisible();
      });

      await test.step("creating an admin token asks for confirmation and keeps its choices", async () => {
        await age();
        await page.goto("/account/tokens");
        await page.getByLabel("Name", { exact: true }).fill("keeper");
        await page.getByRole("checkbox", { name: "admin" }).check();
        await page.getByRole("button", { name: "Create API token" }).click();
        await expect(page.getByText("Confirm that it’s you")).toBeVisible();
        await expect(page.getByRole("checkbox", { name: "admin" })).toBeChecked();
        await page.getByLabel("Your password").fill(PASSWORD);
        await page.getByRole("button", { name: "Create API token" }).click();
        await expect(page.getByRole("alert").getByText(/^gtry_/)).toBeVisible();
      });

      await test.step("the API names the confirmation page, which leads back", async () => {
        await age();
        const data = { name: "By session", scopes: ["admin"] };
        const post = () =>
          page
            .context()
            .request.post(`${server.url}/api/v1/tokens`, { data, headers: { origin: server.url } });
        expect(await (await post()).json()).toMatchObject({
          code: "recent_sign_in_required",
          suggestion: expect.stringContaining("/sign-in/confirm"),
        });
        await page.goto("/sign-in/confirm?next=/account/sessions");
        await expectGoodPage();
        await page.getByLabel("Password").fill("wrong wrong wrong");
        await page.getByRole("button", { name: "Confirm" }).click();
        await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/not your current/);
        await page.getByLabel("Password").fill(PASSWORD);
        await page.getByRole("button", { name: "Confirm" }).click();
        await expect(page).toHaveURL("/account/sessions");
        expect((await post()).status()).toBe(201);
      });

      await test.step("changing your password only requires the current one, however old the sign-in", async () => {
        await age();
        await page.goto("/account");
        await page.getByLabel("Current password").fill(PASSWORD);
        await page.getByLabel("New password").fill(NEW_PASSWORD);
        await page.getByRole("button", { name: "Change password" }).click();
        await expect(page.getByText("Password changed")).toBeVisible();
        await expect(page.getByText(/2 API tokens ended/)).toBeVisible();
      });

      await test.step("without a session the confirmation page leads to the sign-in", async () => {
        await page.getByRole("button", { name: "Sign out" }).first().click();
        await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
        await page.goto("/sign-in/confirm?next=/account");
        await expect(page).toHaveURL("/sign-in?next=/account");
      });
    });
  });
}

async function invite(page: Page, email: string, role: string): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("New Colleague");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Role").first().selectOption(role);
  await page.getByRole("button", { name: "Invite person" }).click();
}
