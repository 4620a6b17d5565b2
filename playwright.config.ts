import { defineConfig, devices } from "@playwright/test";
import { chromiumLaunchOptions } from "@/tests/support/chromium";

/** One worker: the specs share a server, and two cores have enough to do with it and the browser. */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  timeout: 60_000,
  use: {
    ...devices["Desktop Chrome"],
    launchOptions: chromiumLaunchOptions(),
    locale: "en-GB",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
