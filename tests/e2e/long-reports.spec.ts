/** Long reports stay readable: rows of one kind are grouped and folded, and nothing is out of reach. */

import { test as base, expect } from "@/tests/support/browser/pages";
import { type ReviewedGantry, startReviewedGantry } from "@/tests/support/browser/reviewed-gantry";
import { pushExtension } from "@/tests/support/registries/push";

const test = base.extend<object, { gantry: ReviewedGantry }>({
  gantry: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
    async ({}, use) => {
      const gantry = await startReviewedGantry();
      await use(gantry);
      await gantry.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ gantry }, use) => use(gantry.server.url),
});

const FILES = 300;
const HEIGHT_MAX = 4_000;

const paths = Array.from({ length: FILES / 3 }, (_, index) => `/host/tool-${index}`);
const METADATA = {
  icon: "disk-lens.svg",
  ui: { "dashboard-tab": { title: "Disk Lens", root: "/ui", src: "index.html" } },
  host: {
    binaries: paths.map((path) => ({
      darwin: [{ path: `${path}-darwin` }],
      windows: [{ path: `${path}.exe` }],
      linux: [{ path: `${path}-linux` }],
    })),
  },
};

/** An approved extension with 300 host files; its metadata names none that is missing. */
async function listLongExtension({ registry, api }: ReviewedGantry): Promise<string> {
  const files = Object.fromEntries(
    paths.flatMap((path) => ["-darwin", ".exe", "-linux"].map((end) => [`${path.slice(1)}${end}`, "tool"])),
  );
  await pushExtension(registry, "acme/long-list", "1.0.0", { metadata: METADATA, files });
  const repository = `${registry.host}/acme/long-list`;
  const inspected = (await api("POST", "/inspections", { reference: repository })) as { digest: string };
  const reason = "Needed by the test.";
  await api("POST", "/allow-list", { repository, track: "follow", reason, expectedDigest: inspected.digest });
  await expect
    .poll(async () => {
      const { items } = (await api("GET", "/allow-list")) as { items: { tag: string | null }[] };
      return items[0]?.tag;
    })
    .toBe("1.0.0");
  return repository;
}

test("an extension with 300 host files has a page under 4,000 px, and every file is within reach", async ({
  browser,
  gantry,
  page,
  expectGoodPage,
}) => {
  test.slow();
  const repository = await listLongExtension(gantry);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const path of [`/extensions/${repository}`, `/extensions/${repository}/-/versions/1.0.0`]) {
    await page.goto(path);
    await expect(page.getByText("300 files on hosts")).toBeVisible();
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    expect(height, path).toBeLessThan(HEIGHT_MAX);
    const last = page.getByText("tool-99-linux");
    await expect(last).toBeHidden();
    await page.getByText("Show 280 more").click();
    await expect(last).toBeVisible();
  }
  await page.goto(`/extensions/${repository}`);
  await expectGoodPage();

  await test.step("printed, everything is there", async () => {
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText("tool-99-linux")).toBeVisible();
    await page.emulateMedia({ media: "screen" });
    await expect(page.getByText("tool-99-linux")).toBeHidden();
  });

  await test.step("without scripts, it unfolds, too", async () => {
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    const without = await plain.newPage();
    await without.goto(`${gantry.server.url}/extensions/${repository}`);
    await without.getByText("Show 280 more").click();
    await expect(without.getByText("tool-99-linux")).toBeVisible();
    await plain.close();
  });
});

test("Desktop releases are grouped by Extension API, and a link to a folded row opens it", async ({
  gantry,
  page,
  expectGoodPage,
}) => {
  test.slow();
  await gantry.enter(page, "admin", "Ben Admin");
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/admin/desktop-releases");
  await expect(page.getByText(/^Extension API 0\.4\.2: \d+ releases, 4\.44\.0 to 4\.\d+\.0$/)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(HEIGHT_MAX);
  await expectGoodPage();
  const old = page.getByRole("row").filter({ hasText: "4.12.0" }).first();
  await expect(old).toBeHidden();
  await page.goto("/admin/desktop-releases#release-4-12-0");
  await expect(old).toBeVisible();
});

test("a CSV file is previewed with its problems, then imported as a whole", async ({
  gantry,
  page,
  expectGoodPage,
}) => {
  test.slow();
  await gantry.enter(page, "admin", "Cleo Admin");
  await page.goto("/admin/desktop-releases/import");
  await expectGoodPage();
  const csv = "version,api_version,confidence,source\n9.1.0,0.9.0,verified,On a desk\n";
  const preview = page.getByRole("button", { name: "Preview import" });
  await page.getByLabel("CSV file").setInputFiles({
    name: "releases.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`${csv}9.2,,sure,\n`),
  });
  await preview.click();
  const problems = page.getByRole("listitem");
  await expect(problems.filter({ hasText: "Line 3: version “9.2” is not a version" })).toBeVisible();
  await expectGoodPage();
  await page.getByLabel("Or paste its contents").fill(csv);
  await preview.click();
  await expect(page.getByText("1 new, 0 changed, 0 unchanged")).toBeVisible();
  await expectGoodPage();
  await page.getByRole("button", { name: "Import 1 release" }).click();
  await page.waitForURL(/\/admin\/desktop-releases$/);
  await expect(page.getByRole("row").filter({ hasText: "9.1.0" })).toContainText("On a desk");
});
