import { defineConfig, devices } from "@playwright/test";
import { chromiumLaunchOptions } from "@/tests/support/chromium";

/** One worker: the specs share a server, and two cores have enough to do with it and the browser. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  timeout: 120_000,
  // A page may wait behind another that the same two cores are busy with.
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    launchOptions: chromiumLaunchOptions(),
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
