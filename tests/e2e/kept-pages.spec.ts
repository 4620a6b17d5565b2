import type { Page, Response } from "@playwright/test";
import { expect, PASSWORD, test } from "@/tests/support/browser/pages";

test("pages from memory work under their policy, and show nobody what belongs to another", async ({
  page,
  browser,
  server,
}) => {
  test.slow(); // One server for the whole story.
  const stranger = await browser.newContext({ baseURL: server.url });
  const theirs = await stranger.newPage();

  await test.step("scripts run, and moving about needs no new page", async () => {
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

  await test.step("a chosen Docker Desktop shows at once, and for nobody else", async () => {
    await page.goto("/desktop?desktop=4.18.0&arch=arm64&next=/");
    expect(isKept(await page.goto("/"))).toBe(true);
    await expect(page.getByText("4.18 (arm64)").first()).toBeVisible();
    expect(isKept(await theirs.goto("/"))).toBe(true);
    await expect(theirs.getByText("4.18 (arm64)")).toHaveCount(0);
  });

  await test.step("whoever is signed in gets pages of their own", async () => {
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

  await test.step("others see nothing of that, nor does the same browser after signing out", async () => {
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

/** From memory, or about to be; else it was made for this visitor alone. */
function isKept(answer: Response | null): boolean {
  return answer?.headers()["cache-control"] === "private, no-cache";
}

/** React has taken the page over, so its scripts were allowed to run. */
async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction("Object.keys(document).some((key) => key.startsWith('__react'))");
}
