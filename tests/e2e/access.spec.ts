/** Who sees which pages. These tests change nothing, so they share one server. */

import { test as base, expect } from "@/tests/support/browser/pages";
import { type ReviewedGantry, startReviewedGantry } from "@/tests/support/browser/reviewed-gantry";
import { statusesOf } from "@/tests/support/raw-exchange";

const test = base.extend<object, { gantry: ReviewedGantry }>({
  gantry: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
    async ({}, use) => {
      const gantry = await startReviewedGantry();
      await use(gantry);
      await gantry.stop();
    },
    { scope: "worker" },
  ],
  server: ({ gantry }, use) => use(gantry.server),
});

const ACCOUNT_PAGES = ["/account", "/account/sessions", "/account/tokens"];
const CONSOLE_PAGES = [
  "/admin/allow-list",
  "/admin/versions",
  "/admin/users",
  "/admin/registries",
  "/admin/desktop-releases",
  "/admin/desktop-releases/import",
  "/admin/dead-letters",
  "/admin/audit",
  "/admin/policy",
];

test.use({ expectedProblems: [/status of 404/] });

test("account pages and the console require sign-in", async ({ page }) => {
  for (const place of [...ACCOUNT_PAGES, ...CONSOLE_PAGES]) {
    await page.goto(place);
    await expect(page).toHaveURL(`/sign-in?next=${place}`);
  }
});

test("publishers cannot open the console", async ({ page, gantry, expectGoodPage }) => {
  await gantry.enter(page, "publisher", "Pat Publisher");
  await page.goto("/admin");
  await expect(page.getByText("This requires the role admin or reviewer.")).toBeVisible();
  await expectGoodPage();
});

test("a reviewer reads the policy and the releases but changes neither, and sees no people", async ({
  page,
  gantry,
  expectGoodPage,
}) => {
  await gantry.enter(page, "reviewer", "Rita Reviewer");
  await page.goto("/admin/policy");
  await expect(page.getByText("Only admins can change the policy")).toBeVisible();
  await expectGoodPage();
  await page.goto("/admin/desktop-releases");
  await expect(page.getByRole("row").nth(1)).toBeVisible();
  await expect(page.getByText("Add release")).toHaveCount(0);
  for (const place of ["users", "registries", "dead-letters"]) {
    await page.goto(`/admin/${place}`);
    await expect(page.getByText("This requires the role admin.")).toBeVisible();
  }
});

test("a missing page has its own not-found page in the site's design", async ({ page, expectGoodPage }) => {
  const answer = await page.goto("/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await expectGoodPage();
});

test("an unknown or expired report link is not found", async ({ page }) => {
  const answer = await page.request.get(`/check/${"a".repeat(24)}`);
  expect(answer.status()).toBe(404);
});

test("a page requested with another protocol's offer is the ordinary page", async ({ server }) => {
  const request =
    "GET /allow-list HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nAccept: text/html\r\n\r\n";
  expect(await statusesOf(server.url, request, 20)).toEqual([200]);
  const trace = "TRACE /allow-list HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  expect(await statusesOf(server.url, trace, 1)).toEqual([405]);
});
