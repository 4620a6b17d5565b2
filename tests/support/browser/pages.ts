/** Playwright's strict `test` with a server of the test's own, and what every page must hold. */

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "@/tests/support/browser/strict-page";
import { type RunningServer, startServer } from "@/tests/support/servers/running-server";

export const PASSWORD = "correct horse battery";

type PageFixtures = {
  server: RunningServer;
  /**
   * Looks at the page as it is now: nothing that axe objects to, on a wide screen in either color scheme, and nothing
   * wider than the window; then the same in a window of 360 px.
   */
  expectGoodPage(): Promise<void>;
};

export const test = base.extend<PageFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
  server: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  baseURL: async ({ server }, use) => use(server.url),
  expectGoodPage: async ({ page, javaScriptEnabled }, use) => {
    await use(async () => {
      const hasScripts = javaScriptEnabled !== false;
      await expectGood(page, hasScripts);
      const wide = page.viewportSize();
      if (wide === null || wide.width < WIDE_PX) return;
      await page.setViewportSize({ width: NARROW_PX, height: wide.height });
      await expectGood(page, hasScripts);
      await page.setViewportSize(wide);
    });
  },
});

export { expect };

const WIDE_PX = 768;
const NARROW_PX = 360;

async function expectGood(page: Page, hasScripts: boolean): Promise<void> {
  if (hasScripts) await expectAccessible(page);
  const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  expect(overflow, "the page is wider than its window").toBeLessThanOrEqual(0);
}

/**
 * Every rule once; in the dark only the colors differ, and they are the same at every width. Without motion, or a
 * color would be met halfway.
 */
async function expectAccessible(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNoViolations(new AxeBuilder({ page }));
  const width = page.viewportSize()?.width ?? 0;
  if (width < WIDE_PX) return;
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectNoViolations(new AxeBuilder({ page }).withRules(["color-contrast"]));
}

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => ({ id, html: nodes.map(({ html }) => html) }))).toEqual([]);
}
