import { expect, test } from "@/tests/support/browser/review-pages";
import { pushExtension } from "@/tests/support/registries/push";

const WAYS = [
  { name: "on a wide screen", use: {} },
  { name: "at 360 px", use: { viewport: { width: 360, height: 740 } } },
  { name: "without JavaScript", use: { javaScriptEnabled: false } },
];

for (const way of WAYS) {
  test.describe(way.name, () => {
    // Browsers log the response to a refused request.
    test.use({ ...way.use, expectedProblems: [/status of 422/] });

    test("anyone can check an image, read what to fix, and continue to a submission", async ({
      page,
      gantry,
      expectGoodPage,
    }) => {
      const { registry } = gantry;
      await pushExtension(registry, "acme/checked", "1.0.0", {
        labels: { "org.opencontainers.image.title": null },
      });
      await pushExtension(registry, "acme/checked", "1.0.1");
      const name = `${registry.host}/acme/checked`;

      await test.step("invalid input is reported beside the field, which keeps its value", async () => {
        await page.goto("/check");
        await expectGoodPage();
        await page.getByLabel("Image", { exact: true }).fill("ghcr.io/acme/checked:1.0.0");
        await page.getByRole("button", { name: "Check image" }).click();
        const field = page.getByLabel("Image", { exact: true });
        await expect(field).toHaveAccessibleDescription(/ghcr\.io are not allowed here/);
        await expect(field).toHaveValue("ghcr.io/acme/checked:1.0.0");
        await expectGoodPage();
      });

      await test.step("a report contains the line that fixes a problem", async () => {
        await page.getByLabel("Image", { exact: true }).fill(`docker pull ${name}:1.0.0`);
        await page.getByRole("button", { name: "Check image" }).click();
        await expect(page).toHaveURL(/\/check\/[\w-]{24}$/);
        await expect(page.getByText(/^\d+ problems? to fix$/)).toBeVisible();
        await expect(page.getByText('LABEL org.opencontainers.image.title="Disk Lens"')).toBeVisible();
        await expect(page.getByRole("link", { name: "Submit this repository" })).toBeHidden();
        await expectGoodPage();
      });

      await test.step("an image that passes leads to a submission with the repository filled in", async () => {
        await page.getByRole("link", { name: "Check again" }).click();
        await page.getByLabel("Image", { exact: true }).fill(name);
        await page.getByRole("button", { name: "Check image" }).click();
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name} 1.0.1`);
        await expect(page.getByText("Ready to submit")).toBeVisible();
        await page.getByRole("link", { name: "Submit this repository" }).click();
        await expect(page).toHaveURL(/\/sign-in\?next=\/publish\/new/);
      });
    });
  });
}
