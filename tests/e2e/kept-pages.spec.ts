import type { Page, Response } from "@playwright/test";
import { expect, PASSWORD, test } from "@/tests/support/browser/pages";

test("cached pages work under their CSP and never show one user's data to another", async ({
  page,
  browser,
  server,
}) => {
  test.slow(); // One server for the whole story.
  const stranger = await browser.newContext({ baseURL: server.url });
  const theirs = await stranger.newPage();

  await test.step("scripts run, and navigation needs no full page load", async () => {
    for (const _visit of ["made for it", "from memory"]) {
      const answer = await page.goto("/");
      expect(isKept(answer)).toBe(true);
      expect(answer?.headers()["content-encoding"]).toBe("gzip");
      await hydrated(page);
    }
    await page.evaluate("window.isSamePage = true");
    await page.getByRole("link", { name: "Approved versions" }).first().click();
    await expect(page.getByRole("heading", { name: "Approved versions", level: 1 })).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL("/");
    expect(await page.evaluate("window.isSamePage")).toBe(true);
  });

  await test.step("each visit has a nonce of its own", async () => {
    const nonceOf = () => page.evaluate<string>("document.querySelector('script[nonce]').nonce");
    const before = await nonceOf();
    await page.reload();
    expect(before).toMatch(/^[\w-]{22}$/);
    expect(await nonceOf()).not.toBe(before);
  });

  await test.step("a chosen Docker Desktop applies immediately, and only to this visitor", async () => {
    await page.goto("/desktop?desktop=4.18.0&arch=arm64&next=/");
    expect(isKept(await page.goto("/"))).toBe(true);
    await expect(page.getByText("4.18 (arm64)").first()).toBeVisible();
    expect(isKept(await theirs.goto("/"))).toBe(true);
    await expect(theirs.getByText("4.18 (arm64)")).toHaveCount(0);
  });

  await test.step("signed-in users get their own pages", async () => {
    await page.goto(server.setupLink);
    await page.getByLabel("Your name").fill("Ada Lovelace");
    await page.getByLabel("Email address").fill("ada@acme.example");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Create admin account" }).click();
    await expect(page.getByRole("heading", { name: "You are signed in as admin" })).toBeVisible();
    const answer = await page.goto("/");
    expect(answer?.headers()["cache-control"]).toContain("no-store");
    expect(await page.content()).toContain("Ada Lovelace");
  });

  await test.step("other visitors see none of it, nor does the same browser after signing out", async () => {
    expect(isKept(await theirs.goto("/"))).toBe(true);
    expect(await theirs.content()).not.toContain("Ada");
    await page.goto("/account");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
    expect(isKept(await page.goto("/"))).toBe(true);
    expect(await page.content()).not.toContain("Ada");
  });
  await stranger.close();
});

/** Whether the page is cacheable; otherwise it was rendered for this visitor alone. */
function isKept(answer: Response | null): boolean {
  return answer?.headers()["cache-control"] === "private, no-cache";
}

/** React has hydrated the page, so its scripts were allowed to run. */
async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction("Object.keys(document).some((key) => key.startsWith('__react'))");
}
