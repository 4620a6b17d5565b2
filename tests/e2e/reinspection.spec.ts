import pg from "pg";
import { test as base, expect } from "@/tests/support/browser/review-pages";
import { startReviewedGantry } from "@/tests/support/browser/reviewed-gantry";
import { startPostgres } from "@/tests/support/databases/postgres";
import { deleteManifest, pushExtension } from "@/tests/support/registries/push";

const TITLE = "org.opencontainers.image.title";

/** A server whose database the test can change, as an upgrade would find it. */
const test = base.extend<{ pool: pg.Pool; databaseUrl: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
  databaseUrl: async ({}, use) => {
    const postgres = await startPostgres();
    await use(await postgres.createDatabase());
    await postgres.close();
  },
  pool: async ({ databaseUrl }, use) => {
    const pool = new pg.Pool({ connectionString: databaseUrl });
    await use(pool);
    await pool.end();
  },
  gantry: async ({ databaseUrl }, use) => {
    const gantry = await startReviewedGantry({ DATABASE_URL: databaseUrl });
    await use(gantry);
    await gantry.stop();
  },
});

test("after an upgrade the console shows the re-inspection and why a version is held", async ({
  page,
  gantry,
  pool,
  expectGoodPage,
}) => {
  test.slow();
  const { registry } = gantry;
  const digests: Record<string, string> = {};
  for (const name of ["disk-lens", "port-watch", "log-tail"]) {
    digests[name] = (
      await pushExtension(registry, `acme/${name}`, "1.0.0", { labels: { [TITLE]: name } })
    ).digest;
    const body = { repository: `${registry.host}/acme/${name}`, track: "follow", reason: "Ours." };
    await gantry.api("POST", "/allow-list", body);
  }
  await expect(async () => {
    const { rows } = await pool.query(`SELECT 1 FROM "Version" WHERE "visibility" = 'listed'`);
    expect(rows).toHaveLength(3);
  }).toPass({ timeout: 60_000 });

  await deleteManifest(registry, "acme/log-tail", digests["log-tail"] ?? "");
  const older = `'{capabilities,ui}', 'false'`;
  await pool.query(`UPDATE "Inspection" SET "report" = jsonb_set("report", ${older}) WHERE "digest" = $1`, [
    digests["port-watch"],
  ]);
  await pool.query(`UPDATE "Inspection" SET "inspectorVersion" = 0`);

  await gantry.enter(page, "reviewer", "Rita Reviewer");
  await expect(async () => {
    await page.goto("/admin/versions");
    await expect(page.getByText("Re-inspected 2 of 3: 1 changed, 1 couldn’t be checked")).toBeVisible({
      timeout: 500,
    });
  }).toPass({ timeout: 60_000 });
  await page.getByText("Changed reports (1)").click();
  await page.getByText("Couldn’t be checked (1)").click();
  await expect(page.getByRole("row").filter({ hasText: "port-watch" })).toContainText(
    "Re-inspected under newer rules: it has a dashboard tab.",
  );
  await expectGoodPage();
  await page.getByRole("row").getByRole("link", { name: "1.0.0" }).click();
  await expect(page.getByText("access than the earlier inspection")).toBeVisible();
  await expectGoodPage();
});
