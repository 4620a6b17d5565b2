import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/browser/strict-page";

const ADDRESS = "http://strict.test/";

async function open(page: Page, body: string): Promise<void> {
  const headers = { "content-security-policy": "script-src 'nonce-good'", "content-type": "text/html" };
  await page.route(ADDRESS, (route) => route.fulfill({ headers, body }));
  await page.goto(ADDRESS);
}

test("a page without errors passes", async ({ page }) => {
  await open(page, `<title>Fine</title><script nonce="good">console.log("hello")</script>`);
  await expect(page).toHaveTitle("Fine");
});

test.describe("a page fails its test", () => {
  // Playwright counts such a test as passed exactly when it fails.
  test.fail();

  test("when its policy blocks a script", async ({ page }) => {
    await open(page, "<script>document.title = 'injected'</script>");
  });

  test("when its policy blocks an inline handler", async ({ page }) => {
    await open(page, `<img src="data:," onerror="document.title = 'injected'">`);
  });

  test("when it throws", async ({ page }) => {
    await open(page, `<script nonce="good">throw new Error("broken")</script>`);
  });

  test("when it logs an error, also in a window that it opens", async ({ page }) => {
    await open(page, `<script nonce="good">open("about:blank").console.error("broken")</script>`);
  });
});

test.describe("a problem that the test expects", () => {
  test.use({ expectedProblems: [/on purpose/] });

  test("does not fail it", async ({ page }) => {
    await open(page, `<script nonce="good">console.error("on purpose")</script>`);
  });
});
