import { expect, test } from "@/tests/support/browser/review-pages";
import { pushExtension } from "@/tests/support/registries/push";

test("an extension whose only version is blocked says that nothing can be installed, and why", async ({
  page,
  gantry,
  expectGoodPage,
}) => {
  const { registry } = gantry;
  const repository = `${registry.host}/acme/bad-lens`;
  await pushExtension(registry, "acme/bad-lens", "1.0.0");
  await gantry.api("POST", "/allow-list", { repository, track: "follow", reason: "Ours." });
  const install = page.getByText(`docker extension install ${repository}:1.0.0`);
  const unavailable = page.getByText("No version is available to install");
  await expect(async () => {
    await gantry.api("GET", `/extensions/${repository}/-/versions/1.0.0`);
  }).toPass({ timeout: 60_000 });
  await page.goto(`/extensions/${repository}`);
  await expect(install).toBeVisible();
  await expect(unavailable).toHaveCount(0);

  const body = { reason: "It uploads passwords.", level: "hard" };
  await gantry.api("POST", `/extensions/${repository}/-/versions/1.0.0/block`, body);
  await expect(async () => {
    await page.goto(`/extensions/${repository}`);
    await expect(unavailable).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText("It uploads passwords.")).toBeVisible();
  await expect(install).toHaveCount(0);
  await expectGoodPage();
});
