/** Playwright's `test`, but a page that reports an error fails its test, whatever the test itself looks at. */

import { type BrowserContext, test as base, expect } from "@playwright/test";

type StrictOptions = {
  /** Problems that this test provokes on purpose: `test.use({ expectedProblems: [/403/] })`. */
  expectedProblems: RegExp[];
};

export const test = base.extend<StrictOptions>({
  expectedProblems: [[], { option: true }],
  context: async ({ context, expectedProblems }, use) => {
    const problems = watchProblems(context);
    await use(context);
    await settle(context);
    expect(
      problems.filter((problem) => !expectedProblems.some((expected) => expected.test(problem))),
    ).toEqual([]);
  },
});

export { expect };

/** Uncaught errors, console errors (Chromium reports violations of the content security policy there) and failed hydration. */
function watchProblems(context: BrowserContext): string[] {
  const problems: string[] = [];
  context.on("weberror", (error) => problems.push(`uncaught: ${error.error().message}`));
  context.on("console", (message) => {
    const serious = message.type() === "error" || /Content Security Policy/i.test(message.text());
    if (serious) problems.push(`console: ${message.text()} (${message.location().url})`);
  });
  return problems;
}

/** One round trip to every page: what it reported before has arrived by then. */
async function settle(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.evaluate("0").catch(ignoreClosed);
}

function ignoreClosed(error: Error): void {
  if (!/closed|destroyed|crash/i.test(error.message)) throw error;
}
