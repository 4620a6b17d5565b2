import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/browser/review-pages";
import { PASSWORD } from "@/tests/support/browser/reviewed-gantry";

const WAYS = [
  { name: "on a wide screen", use: {} },
  { name: "without JavaScript", use: { javaScriptEnabled: false } },
];

const NEW_PASSWORD = "staple battery horse correct";

for (const way of WAYS) {
  test.describe(way.name, () => {
    test.use(way.use);

    test("a person keeps their own account", async ({ page, gantry, browser, expectGoodPage }) => {
      test.slow(); // Visits three pages in both color schemes.
      await gantry.enter(page, "publisher", "Pat Publisher");

      await test.step("the name changes everywhere at once", async () => {
        await page.goto("/account");
        await expectGoodPage();
        await page.getByLabel("Name", { exact: true }).fill("Pat Porter");
        await page.getByRole("button", { name: "Change name" }).click();
        await expect(page.getByText("Name changed to Pat Porter")).toBeVisible();
        await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Pat Porter");
      });

      await test.step("another browser's session is shown and ended", async () => {
        const other = await browser.newPage({ baseURL: gantry.server.url });
        await signIn(other, PASSWORD);
        await page.goto("/account/sessions");
        await expect(page.getByText("This session")).toBeVisible();
        await expectGoodPage();
        await page.getByRole("button", { name: "End session" }).click();
        await expect(page.getByText("Session ended")).toBeVisible();
        await other.goto("/account");
        await expect(other).toHaveURL("/sign-in?next=/account");
        await signIn(other, PASSWORD);
        await page.goto("/account/sessions");
        await page.getByRole("button", { name: "End all other sessions" }).click();
        await expect(page.getByText("1 other session ended")).toBeVisible();
        await other.goto("/account");
        await expect(other).toHaveURL("/sign-in?next=/account");
        await other.close();
      });

      await test.step("an API token is shown once, works, and stops when it is revoked", async () => {
        await page.goto("/account/tokens");
        await page.getByLabel("Name", { exact: true }).fill("nightly");
        await page.getByRole("button", { name: "Create API token" }).click();
        await expect(page.getByText(/needs at least one scope/).first()).toBeVisible();
        await expect(page.getByLabel("Name", { exact: true })).toHaveValue("nightly");
        await page.getByRole("checkbox", { name: "submissions" }).check();
        await page.getByRole("button", { name: "Create API token" }).click();
        const token =
          (await page
            .getByRole("alert")
            .getByText(/^gtry_/)
            .textContent()) ?? "";
        await expect(page.getByRole("row").filter({ hasText: "nightly" })).toBeVisible();
        await expectGoodPage();
        expect(await gantry.api("GET", "/submissions", undefined, token)).toMatchObject({ total: 0 });
        await page.goto("/account/tokens");
        await expect(page.getByText(token)).toHaveCount(0);
        const row = page.getByRole("row").filter({ hasText: "nightly" });
        await expect(row).toContainText("just now");
        await row.getByText("Revoke", { exact: true }).click();
        await expectGoodPage();
        await row.getByRole("button", { name: "Revoke API token" }).click();
        await expect(page.getByText("You have no API tokens.", { exact: false })).toBeVisible();
        await expect(gantry.api("GET", "/submissions", undefined, token)).rejects.toThrow(/401/);
      });

      await test.step("tokens that a token created are shown under it and end with it", async () => {
        await page.getByLabel("Name", { exact: true }).fill("parent");
        await page.getByRole("checkbox", { name: "submissions" }).check();
        await page.getByRole("checkbox", { name: "admin" }).check();
        await page.getByRole("button", { name: "Create API token" }).click();
        const shown = page.getByRole("alert").getByText(/^gtry_/);
        const parent = (await shown.textContent()) ?? "";
        for (const name of ["child", "sibling"])
          await gantry.api("POST", "/tokens", { name, scopes: ["submissions"] }, parent);
        await page.goto("/account/tokens");
        const child = page.getByRole("row").filter({ hasText: "child" });
        await expect(child).toContainText("Token parent");
        const parentName = page.locator("th[scope=row]", { hasText: "parent" });
        const row = page.getByRole("row").filter({ has: parentName });
        await row.getByText("Revoke", { exact: true }).click();
        await expect(row.getByText(/also revokes 2 API tokens/)).toBeVisible();
        await expectGoodPage();
        await row.getByRole("button", { name: "Revoke 3 API tokens" }).click();
        await expect(page.getByText("2 API tokens that it created ended too.")).toBeVisible();
        await expect(page.getByText("You have no API tokens.", { exact: false })).toBeVisible();
      });

      await test.step("changing the password requires the old one and shows what ends with it", async () => {
        await page.getByLabel("Name", { exact: true }).fill("nightly");
        await page.getByRole("checkbox", { name: "submissions" }).check();
        await page.getByRole("button", { name: "Create API token" }).click();
        await expect(page.getByRole("alert").getByText(/^gtry_/)).toBeVisible();
        await page.goto("/account");
        await expect(page.getByText(/revokes your 1 API token/)).toBeVisible();
        await page.getByLabel("Current password").fill("wrong wrong wrong");
        await page.getByLabel("New password").fill(NEW_PASSWORD);
        await page.getByRole("button", { name: "Change password" }).click();
        await expect(page.getByLabel("Current password")).toHaveAccessibleDescription(/not your current/);
        await page.getByLabel("Current password").fill(PASSWORD);
        await page.getByLabel("New password").fill(NEW_PASSWORD);
        await page.getByRole("button", { name: "Change password" }).click();
        await expect(page.getByText("Password changed")).toBeVisible();
        await expect(page.getByText(/and 1 API token ended/)).toBeVisible();
      });
    });
  });
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill("publisher-1@acme.example");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}
