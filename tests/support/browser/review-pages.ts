/** Playwright's strict `test` with a server and a registry of the test's own. */

import { test as base, expect } from "@/tests/support/browser/pages";
import { type ReviewedGantry, startReviewedGantry } from "@/tests/support/browser/reviewed-gantry";

type ReviewFixtures = {
  gantry: ReviewedGantry;
  /** Waits until the page shows this state: live with scripts, by reloading without. */
  reached(state: string): Promise<void>;
};

export const test = base.extend<ReviewFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
  gantry: async ({}, use) => {
    const gantry = await startReviewedGantry();
    await use(gantry);
    await gantry.stop();
  },
  baseURL: async ({ gantry }, use) => use(gantry.server.url),
  reached: async ({ page, javaScriptEnabled }, use) => {
    await use(async (state) => {
      const badge = page.getByRole("region", { name: "Status" }).getByText(state, { exact: true });
      if (javaScriptEnabled !== false) return expect(badge).toBeVisible({ timeout: 60_000 });
      await expect(async () => {
        await page.reload();
        await expect(badge).toBeVisible({ timeout: 500 });
      }).toPass({ timeout: 20_000 });
    });
  },
});

export { expect };
