import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { type FilledCatalog, startFilledCatalog } from "@/tests/support/browser/filled-catalog";
import { test as base, expect } from "@/tests/support/browser/pages";

/** One catalog for all tests, because none of them writes. */
const test = base.extend<object, { filled: FilledCatalog }>({
  filled: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
    async ({}, use) => {
      const filled = await startFilledCatalog();
      await use(filled);
      await filled.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ filled }, use) => use(filled.url),
});

const WAYS = [
  { name: "on a wide screen", use: {} },
  { name: "at 360 px", use: { viewport: { width: 360, height: 740 } } },
  { name: "without JavaScript", use: { javaScriptEnabled: false } },
] as const;

const SCRIPT_BYTES_MAX = 150_000;
/**
 * A busy browser paints the header before it has parsed its last links, which then move the first ones: 0.006. Anything
 * larger than a header is far above this.
 */
const LAYOUT_SHIFT_MAX = 0.01;

test("the API is explained on a page that needs no script", async ({
  browser,
  filled,
  page,
  expectGoodPage,
}) => {
  await page.goto("/docs/api");
  await expect(page.getByRole("heading", { name: "API", level: 1 })).toBeVisible();
  await page.getByText("/api/v1/extensions/{repository}/-/offer").first().click();
  await expect(
    page.getByText(`curl -fsS '${filled.url}/api/v1/extensions/acme/disk-lens/-/offer`),
  ).toBeVisible();
  await expectGoodPage();
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const without = await plain.newPage();
  await without.goto(`${filled.url}/docs/api#getOffer`);
  await expect(without.getByText("needs_newer_desktop").first()).toBeAttached();
  expect(await without.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await plain.close();
});

for (const way of WAYS) {
  test.describe(way.name, () => {
    test.use(way.use);

    test("a visitor browses, searches, filters and installs what fits", async ({ page, expectGoodPage }) => {
      test.slow(); // The whole journey, with a check of every page on the way.
      await test.step("the first page lists installable extensions and no suspended ones", async () => {
        await page.goto("/");
        await expect(page.getByRole("heading", { name: "7 extensions" })).toBeVisible();
        await expect(card(page, "Disk Lens")).toContainText("Requires Docker Desktop 4.44+");
        await expect(card(page, "Report Maker")).toContainText(
          "Doesn’t run on any known Docker Desktop version",
        );
        await expect(page.getByRole("link", { name: "Sample Box" })).toHaveCount(0);
        await expectGoodPage();
      });

      await test.step("with Docker Desktop 4.18 every card shows its version", async () => {
        await choose(page, "4.18.0", "arm64");
        await expect(page).toHaveURL("/?desktop=4.18.0&arch=arm64");
        await expect(card(page, "Disk Lens")).toContainText("Works with 4.18 (arm64): installs 1.0.1");
        await expect(card(page, "Port Scout")).toContainText("Is not available for linux/arm64");
        await expectGoodPage();
      });

      await test.step("the extension's page offers the older version, and says why", async () => {
        await page.getByRole("link", { name: "Disk Lens" }).click();
        await expect(page.getByRole("heading", { name: "Install version 1.0.1" })).toBeVisible();
        await expect(
          page.getByText("Version 1.1.0 requires Docker Desktop 4.44 or later.").first(),
        ).toBeVisible();
        await expect(page.getByText("docker extension install acme/disk-lens:1.0.1")).toBeVisible();
        await expect(page.getByRole("row", { name: /^1\.1\.0/ })).toContainText(
          "Requires Docker Desktop 4.44 or later",
        );
        await expectGoodPage();
      });

      await test.step("and shows the version for every release, the visitor's own first", async () => {
        const matrix = page.getByRole("region", { name: "Compatibility" });
        await expect(matrix).toContainText("Your Docker Desktop: 4.18 (arm64)");
        await expect(matrix.getByRole("row", { name: /^4\.17\.0 to 4\.41/ })).toContainText("1.0.1");
        await expect(matrix.getByRole("row", { name: /^4\.44\.0 to / })).toContainText("Latest version");
      });

      await test.step("4.44 gets the newest version, also by digest, with the required settings", async () => {
        await choose(page, "4.44.0", "arm64");
        await expect(page.getByRole("heading", { name: "Install version 1.1.0" })).toBeVisible();
        await page.getByText("Pin to the exact reviewed image").click();
        await expect(
          page.getByText(/docker extension install acme\/disk-lens@sha256:[0-9a-f]{64}/),
        ).toBeVisible();
        await page.getByText("Before you install: Docker Desktop settings").click();
        await expect(page.getByText("onlyMarketplaceExtensions")).toBeVisible();
        await expect(page.getByRole("link", { name: "Open in Docker Desktop" })).toHaveAttribute(
          "href",
          "docker-desktop://extensions/marketplace?extensionId=acme/disk-lens",
        );
        await expectGoodPage();
      });

      await test.step("search and filters are in the URL; empty results show which filter to remove", async () => {
        const search = page.getByRole("searchbox", { name: "Search extensions" });
        await search.fill("nebula");
        await search.press("Enter");
        await expect(page.getByRole("heading", { name: "2 extensions" })).toBeVisible();
        await expect(page).toHaveURL("/?q=nebula");
        await page.goto("/?q=nebula&category=security");
        await expect(page.getByText("No extensions found")).toBeVisible();
        await expect(page.getByText("2 extensions match without “Security”.")).toBeVisible();
        await expect(page.getByText("1 extension matches without “nebula”.")).toBeVisible();
        await expectGoodPage();
        await page.getByRole("link", { name: "Remove the filter Security" }).click();
        await expect(page.getByRole("heading", { name: "2 extensions" })).toBeVisible();
      });

      await test.step("every finding has its own anchor in the reference", async () => {
        await page.goto("/docs/findings#title_missing");
        await expect(page.getByRole("heading", { name: "No title" })).toBeInViewport();
        await expectGoodPage();
      });

      await test.step("the allow-list is public, also at a past time", async () => {
        await page.goto("/allow-list");
        await expect(page.getByRole("row", { name: /acme\/disk-lens/ })).toContainText(/1\.1\.0.*sha256:/s);
        await expectGoodPage();
        await page.getByLabel("Show the list as of").fill("2020-01-01T10:00");
        await page.getByRole("button", { name: "Show list" }).click();
        await expect(page.getByText("No approved extensions at that time")).toBeVisible();
        await page.getByLabel("Show the list as of").fill("2999-01-01T10:00");
        await page.getByRole("button", { name: "Show list" }).click();
        await expect(page.getByLabel("Show the list as of")).toHaveAccessibleDescription(/in the future/);
        await expectGoodPage();
      });
    });

    test("every state of an extension and of a version has a notice", async ({ page, expectGoodPage }) => {
      test.slow();
      const states = [
        {
          at: "/extensions/acme/disk-lens/-/versions/1.0.0",
          says: "The 1.0.0 tag was changed after review",
        },
        { at: "/extensions/hooli/nebula/-/versions/1.1.0", says: "Loses the cluster's state." },
        { at: "/extensions/hooli/nebula-classic", says: "Nebula does all of it and more." },
        { at: "/extensions/umbrella/sample-box", says: "Temporarily suspended" },
        { at: "/extensions/globex/vault-keeper", says: "The file /bin/keeper on macOS hosts" },
        { at: "/extensions/initech/report-maker", says: "which no known Docker Desktop version supports" },
      ];
      for (const { at, says } of states) {
        await page.goto(at);
        await expect(page.getByText(says).first()).toBeVisible();
        await expectGoodPage();
      }
    });
  });
}

test("a moved tag is installed by its digest", async ({ page }) => {
  await page.goto("/extensions/acme/disk-lens/-/versions/1.0.0");
  await expect(page.getByText(/docker extension install acme\/disk-lens@sha256:/)).toBeVisible();
  await expect(page.getByText("docker extension install acme/disk-lens:1.0.0")).toHaveCount(0);
});

test("a suspended extension and a withdrawn version give no command", async ({ page }) => {
  for (const path of [
    "umbrella/sample-box",
    "umbrella/sample-box/-/versions/1.0.0",
    "hooli/nebula/-/versions/1.1.0",
  ]) {
    await page.goto(`/extensions/${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("docker extension install")).toHaveCount(0);
  }
});

test("an extension of another registry has an address, and no link into Docker Desktop", async ({
  page,
  filled,
}) => {
  await page.goto(`/extensions/${filled.elsewhere}`);
  await expect(page.getByText(`docker extension install ${filled.elsewhere}:v0.1.0`)).toBeVisible();
  await expect(page.getByRole("link", { name: "Open in Docker Desktop" })).toHaveCount(0);
});

test("a canonical name redirects to the familiar one", async ({ page }) => {
  await page.goto("/extensions/docker.io/acme/disk-lens/-/versions/1.1.0");
  await expect(page).toHaveURL("/extensions/acme/disk-lens/-/versions/1.1.0");
});

test("the choice is stored, the URL overrides it, and it can be cleared", async ({ page }) => {
  await page.goto("/");
  await choose(page, "4.18.0", "amd64");
  await page.goto("/");
  await expect(card(page, "Disk Lens")).toContainText("Works with 4.18 (amd64): installs 1.0.1");
  await page.goto("/?desktop=4.44&arch=arm64");
  await expect(card(page, "Disk Lens")).toContainText("Works with 4.44 (arm64)");
  await page.getByRole("link", { name: "Disk Lens" }).click();
  await expect(page.getByRole("heading", { name: "Install version 1.1.0" })).toBeVisible();
  await page.goto("/");
  await chooser(page).click();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(card(page, "Disk Lens")).toContainText("Requires Docker Desktop 4.44+");
  expect(await page.context().cookies()).toEqual([]);
});

test("the command is copied with one click", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/extensions/hooli/nebula");
  await page.getByRole("button", { name: "Copy the install command", exact: true }).click();
  await expect(page.getByText("Copied")).toBeAttached();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
    "docker extension install hooli/nebula:1.0.0",
  );
});

test("a page loads from this server only, without layout shift and with little script", async ({
  page,
  filled,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const path of ["/", "/extensions/acme/disk-lens", "/allow-list", "/docs/findings"]) {
    asked.length = 0;
    await page.goto(path, { waitUntil: "networkidle" });
    expect(asked.filter((url) => !url.startsWith(filled.url))).toEqual([]);
    expect(await page.evaluate(LAYOUT_SHIFT)).toBeLessThan(LAYOUT_SHIFT_MAX);
    const scripts = await Promise.all(asked.filter((url) => url.endsWith(".js")).map(gzippedBytes));
    const bytes = scripts.reduce((sum, size) => sum + size, 0);
    expect(bytes, `scripts of ${path}, gzipped`).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
  }
});

test.describe("missing pages", () => {
  test.use({ expectedProblems: [/404/] });

  test("an unknown extension and an unknown version are not found, and the page links to the catalog", async ({
    page,
    expectGoodPage,
  }) => {
    for (const path of ["nobody/nothing", "acme/disk-lens/-/versions/9.9.9", "Acme/Disk"]) {
      const answer = await page.goto(`/extensions/${path}`);
      expect(answer?.status()).toBe(404);
    }
    await page.goto("/extensions/nobody/nothing");
    await expectGoodPage();
    await page.getByRole("link", { name: "Browse all extensions" }).click();
    await expect(page.getByRole("heading", { name: "7 extensions" })).toBeVisible();
  });
});

function card(page: Page, title: string) {
  return page.getByRole("article").filter({ has: page.getByRole("link", { name: title, exact: true }) });
}

function chooser(page: Page) {
  return page
    .getByRole("banner")
    .locator("summary")
    .filter({ hasText: /your Docker Desktop/i });
}

async function choose(page: Page, desktop: string, architecture: string): Promise<void> {
  await chooser(page).click();
  await page.getByLabel("Docker Desktop", { exact: true }).selectOption(desktop);
  await page.getByLabel("Processor").selectOption(architecture);
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/desktop=/);
}

const LAYOUT_SHIFT = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
})`;

async function gzippedBytes(url: string): Promise<number> {
  const response = await fetch(url);
  return gzipSync(Buffer.from(await response.arrayBuffer())).byteLength;
}
