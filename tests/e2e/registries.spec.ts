/** An admin gives Gantry credentials for private repositories, on the page and without any script. */

import type { Page } from "@playwright/test";
import { test as base, expect } from "@/tests/support/browser/review-pages";
import { startReviewedGantry, textAt } from "@/tests/support/browser/reviewed-gantry";
import { pushExtension } from "@/tests/support/registries/push";

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
  gantry: async ({}, use) => {
    const gantry = await startReviewedGantry({}, "token");
    await use(gantry);
    await gantry.stop();
  },
});

const WAYS = [
  { name: "on a wide screen", use: {} },
  { name: "without JavaScript", use: { javaScriptEnabled: false } },
];

/** The form behind this button; in a dialog where scripts run. */
async function fill(
  page: Page,
  trigger: string,
  submit: string,
  fields: Record<string, string>,
): Promise<void> {
  const main = page.locator("main");
  const opener = main.locator("summary, button[aria-haspopup=dialog]").filter({ hasText: trigger }).first();
  const form = main
    .locator("form")
    .filter({ has: page.getByRole("button", { name: submit, exact: true }) })
    .first();
  if (!(await form.isVisible())) await opener.click();
  for (const [label, value] of Object.entries(fields)) await form.getByLabel(label).fill(value);
  await form.getByRole("button", { name: submit, exact: true }).click();
}

for (const way of WAYS) {
  test.describe(way.name, () => {
    test.use(way.use);

    test("credentials are stored, tested, replaced and removed, and never shown", async ({
      page,
      gantry,
      expectGoodPage,
    }) => {
      test.slow(); // Many actions, with a check of the page on the way.
      const { host, credentials, tokenOrigin = "" } = gantry.registry;
      const { username = "", password = "" } = credentials ?? {};
      await pushExtension(gantry.registry, "private/tool", "1.0.0");
      await gantry.enter(page, "admin", "Ben Admin");
      const row = () => page.getByRole("row").filter({ hasText: "private" });

      await test.step("a namespace that cannot begin a name is refused beside its field", async () => {
        await page.goto("/admin/registries");
        await expect(page.getByText("Gantry reads public repositories only").first()).toBeVisible();
        await expectGoodPage();
        await fill(page, "Add credentials", "Store credentials", {
          "Namespace (optional)": "Private",
          "User name": username,
          "Password or token": "wrong-password",
          "Token server (optional)": tokenOrigin,
        });
        const field = page.getByLabel("Namespace (optional)").first();
        await expect(field).toHaveAccessibleDescription(/not the beginning of a repository name/);
        await expect(page.getByLabel("Password or token").first()).toHaveValue("");
      });

      await test.step("they are stored, and a test says that they are wrong", async () => {
        await fill(page, "Add credentials", "Store credentials", {
          "Namespace (optional)": "private",
          "Password or token": "wrong-password",
        });
        await expect(row()).toContainText("Not used yet");
        expect((await page.content()).includes("wrong-password")).toBe(false);
        await fill(page, "Test", "Test credentials", { "Repository (optional)": `${host}/private/tool` });
        await expect(page.getByText("do not work").first()).toBeVisible();
        await expect(row()).toContainText("rejected the stored credentials");
        await expectGoodPage();
      });

      await test.step("a scan that they fail raises a notice on every page of the console", async () => {
        await gantry
          .api("POST", "/inspections", { reference: `${host}/private/tool` })
          .catch(() => undefined);
        await page.goto("/admin/policy");
        await expect(page.getByText("Registry credentials do not work")).toBeVisible();
        await page.getByRole("link", { name: "Check the credentials" }).click();
        await expect(row()).toContainText("Refused");
      });

      await test.step("the replacement works", async () => {
        await fill(page, "Replace", "Replace credentials", { "Password or token": password });
        await fill(page, "Test", "Test credentials", { "Repository (optional)": `${host}/private/tool` });
        await expect(row()).toContainText("Works");
        await expect(page.getByText("Registry credentials do not work")).toHaveCount(0);
      });

      await test.step("a private submission waits, and the reviewer's button reads it", async () => {
        const made = await gantry.api("POST", "/submissions", { repository: `${host}/private/tool` });
        const id = textAt(made, "id");
        await expect(async () => {
          await page.goto(`/admin/submissions/${id}`);
          await expect(page.getByRole("button", { name: "Check with credentials" })).toBeVisible({
            timeout: 500,
          });
        }).toPass({ timeout: 30_000 });
        await expectGoodPage();
        await page.getByRole("button", { name: "Check with credentials" }).click();
        await expect(async () => {
          await page.goto(`/admin/submissions/${id}`);
          await expect(page.getByText("Private repository")).toBeVisible({ timeout: 500 });
        }).toPass({ timeout: 30_000 });
        await expect(page.getByRole("heading", { level: 1, name: "Disk Lens" })).toBeVisible();
      });

      await test.step("they are removed", async () => {
        await page.goto("/admin/registries");
        await fill(page, "Remove", "Remove credentials", {});
        await expect(page.getByText("Gantry reads public repositories only").first()).toBeVisible();
      });
    });
  });
}
