import type { LaunchOptions } from "@playwright/test";
import { findChromium } from "@/scripts/testing/find-tool.mjs";

/** The machine's own Chromium where there is one (CHROMIUM_PATH, else on PATH), else Playwright's download. */
export function chromiumLaunchOptions(): LaunchOptions {
  const executablePath = findChromium();
  return {
    ...(executablePath === undefined ? {} : { executablePath }),
    // Chromium's sandbox refuses root; anyone else keeps it.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-background-networking", "--disable-component-update", "--no-first-run"],
  };
}
