import { defineConfig, devices } from "@playwright/test";
import { chromiumLaunchOptions } from "@/tests/support/browser/chromium";

/** Two workers, whatever the machine: each spec has a server of its own, and a page that waits leaves its core to the other. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  timeout: 120_000,
  // A page may wait behind another that the same two cores are busy with.
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    launchOptions: chromiumLaunchOptions(),
    locale: "en-GB",
    timezoneId: "UTC",
    // Recording costs about a sixth of the time, and only CI keeps its results for someone to read.
    trace: process.env.CI === undefined ? "off" : "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
