import type { Page, Response } from "@playwright/test";
import { expect, PASSWORD, test } from "@/tests/support/pages";

/** The page as the browser got it: from memory, or made for this visitor alone. */
function isKept(answer: Response | null): boolean {
  return answer?.headers()["cache-control"] === "private, no-cache";
}

/** A page that Next made per request runs scripts as this one does, or the test fails on the console. */
async function isHydrated(page: Page): Promise<void> {
  await page.waitForFunction("Object.keys(document.body).some((key) => key.startsWith('__react'))");
}

test("scripts of a page from memory run under its policy, and moving about needs no new page", async ({
  page,
}) => {
  for (const _visit of ["first", "from memory"]) {
    const answer = await page.goto("/");
    expect(isKept(answer)).toBe(true);
    expect(answer?.headers()["content-encoding"]).toBe("gzip");
    await isHydrated(page);
  }
  await page.evaluate("window.isSamePage = true");
  await page.getByRole("link", { name: "Allow-list" }).first().click();
  await expect(page.getByRole("heading", { name: "Allow-list", level: 1 })).toBeVisible();
  expect(await page.evaluate("window.isSamePage")).toBe(true);
  await page.goBack();
  await expect(page).toHaveURL("/");
});

test("an injected script never runs, whatever nonce an earlier answer had", async ({ page, context }) => {
  const earlier = await (await context.request.get("/")).text();
  const nonce = /nonce="([^"]+)"/.exec(earlier)?.[1] ?? "";
  await page.goto("/");
  const nonceNow = await page.evaluate("document.querySelector('script[nonce]').nonce");
  expect(nonce).toMatch(/^[\w-]{22}$/);
  expect(nonceNow).not.toBe(nonce);
});

test("whoever is signed in gets pages of their own, and leaves nothing of them to others", async ({
  page,
  browser,
  server,
}) => {
  await page.goto("/");
  await page.goto(server.setupLink);
  await page.getByLabel("Your name").fill("Ada Lovelace");
  await page.getByLabel("E-mail address").fill("ada@acme.example");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create admin account" }).click();
  await expect(page.getByRole("heading", { name: "You are signed in as admin" })).toBeVisible();
  const mine = await page.goto("/");
  expect(isKept(mine)).toBe(false);
  expect(mine?.headers()["cache-control"]).toContain("no-store");
  expect(await page.content()).toContain("Ada Lovelace");

  const stranger = await browser.newContext({ baseURL: server.url });
  const theirs = await stranger.newPage();
  expect(isKept(await theirs.goto("/"))).toBe(true);
  expect(await theirs.content()).not.toContain("Ada");
  await expect(theirs.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  await stranger.close();

  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  expect(isKept(await page.goto("/"))).toBe(true);
  expect(await page.content()).not.toContain("Ada");
});

test("the chosen Docker Desktop shows at once, and for nobody else", async ({ page, browser, server }) => {
  await page.goto("/desktop?desktop=4.18.0&arch=arm64&next=/");
  const answer = await page.goto("/");
  expect(isKept(answer)).toBe(true);
  await expect(page.getByText("4.18 · arm64").first()).toBeVisible();
  const other = await browser.newContext({ baseURL: server.url });
  const theirs = await other.newPage();
  expect(isKept(await theirs.goto("/"))).toBe(true);
  await expect(theirs.getByText("4.18 · arm64")).toHaveCount(0);
  await other.close();
});
