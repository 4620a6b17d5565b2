import { expect, test } from "@/tests/support/browser/review-pages";
import { pushExtension } from "@/tests/support/registries/push";

const WAYS = [
  { name: "on a wide screen", use: {} },
  { name: "at 360 px", use: { viewport: { width: 360, height: 740 } } },
  { name: "without JavaScript", use: { javaScriptEnabled: false } },
];

for (const way of WAYS) {
  test.describe(way.name, () => {
    test.use(way.use);

    test("a publisher submits, reads what to fix, pushes the fix, replies and withdraws", async ({
      page,
      gantry,
      expectGoodPage,
      reached,
    }) => {
      test.slow(); // The whole journey, with a check of every page on the way.
      const { registry } = gantry;
      await test.step("anonymous visitors sign in first and return", async () => {
        await page.goto("/publish/new");
        await expect(page).toHaveURL("/sign-in?next=/publish/new");
        await gantry.enter(page, "publisher", "Pat Publisher");
        await page.goto("/publish");
        await expect(page.getByRole("heading", { name: "No submissions yet" })).toBeVisible();
        await expectGoodPage();
      });

      await test.step("a refusal is shown beside the field, which keeps its value", async () => {
        await page.getByRole("link", { name: "Submit an extension" }).first().click();
        const field = page.getByLabel("Image repository");
        await field.fill("ghcr.io/acme/disk-lens:1.0.0");
        await page.getByRole("button", { name: "Submit extension" }).click();
        await expect(field).toHaveAccessibleDescription(/does not accept extensions from ghcr\.io/);
        await expect(field).toHaveAccessibleDescription(/GANTRY_REGISTRIES/);
        await expect(field).toHaveValue("ghcr.io/acme/disk-lens:1.0.0");
        await expectGoodPage();
      });

      await test.step("the report names each finding with the line that fixes it, and every skipped tag", async () => {
        await pushExtension(registry, "acme/disk-lens", "1.0.0", {
          labels: { "org.opencontainers.image.title": null },
        });
        await pushExtension(registry, "acme/disk-lens", "mac-1.0.0");
        await page.getByLabel("Image repository").fill(`docker pull ${registry.host}/acme/disk-lens:1.0.0`);
        await page.getByRole("button", { name: "Submit extension" }).click();
        await expect(page).toHaveURL(/\/publish\/submissions\//);
        await reached("Needs changes");
        await expect(page.getByText('LABEL org.opencontainers.image.title="Disk Lens"')).toBeVisible();
        await page.getByText("1 tag ignored (not a version)").click();
        await expect(page.getByText("mac-1.0.0", { exact: true })).toBeVisible();
        await expectGoodPage();
      });

      await test.step("after a push, checking again leads into the queue", async () => {
        await pushExtension(registry, "acme/disk-lens", "1.0.1");
        await page.getByRole("button", { name: "Check again" }).click();
        await reached("In review");
        await expect(page.getByText("Next in the review queue")).toBeVisible();
        await expect(page.getByRole("heading", { name: "Report on 1.0.1" })).toBeVisible();
        await expectGoodPage();
      });

      await test.step("a reply goes into the history", async () => {
        await page.getByLabel("Reply to the reviewers").fill("The title is there now.");
        await page.getByRole("button", { name: "Send reply" }).click();
        await expect(page.getByRole("listitem").filter({ hasText: "The title is there now." })).toBeVisible();
        await reached("In review");
      });

      await test.step("submitting it again leads to the open submission", async () => {
        const address = page.url();
        await page.goto("/publish/new");
        await page.getByLabel("Image repository").fill(`${registry.host}/acme/disk-lens`);
        await page.getByRole("button", { name: "Submit extension" }).click();
        await expect(page).toHaveURL(address);
      });

      await test.step("withdrawing asks once, and ends it", async () => {
        await page.getByText("Withdraw submission").first().click();
        await page.getByLabel("Reason (optional)").fill("Not ready yet");
        await page.getByRole("button", { name: "Withdraw submission" }).last().click();
        await expect(
          page.getByText("You withdrew this submission. You can submit the extension again."),
        ).toBeVisible();
        await expect(page.getByText("Not ready yet")).toBeVisible();
        await expectGoodPage();
        await page.goto("/publish");
        await expect(page.getByRole("row").filter({ hasText: "acme/disk-lens" })).toContainText("Withdrawn");
        await expectGoodPage();
      });
    });
  });
}

test("a waiting page updates automatically", async ({ page, gantry }) => {
  const { registry } = gantry;
  await pushExtension(registry, "acme/disk-lens", "1.0.0");
  await gantry.enter(page, "publisher", "Pat Publisher");
  await page.goto("/publish/new");
  await page.getByLabel("Image repository").fill(`${registry.host}/acme/disk-lens`);
  await page.getByRole("button", { name: "Submit extension" }).click();
  await expect(page.getByText("In review").first()).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1);
  await gantry.api("POST", `/submissions/${id}/decision`, {
    decision: "request_changes",
    reason: "Please say what it needs the socket for.",
  });
  await expect(page.getByText("A reviewer requested changes")).toBeVisible();
  await expect(page.getByText("Please say what it needs the socket for.").first()).toBeVisible();
});

test("an unavailable registry is our problem, and the page shows the next retry", async ({
  page,
  gantry,
  expectGoodPage,
}) => {
  test.slow(); // The registry is tried a few times before the check gives up.
  const { registry } = gantry;
  await gantry.enter(page, "publisher", "Pat Publisher");
  await registry.halt();
  await page.goto("/publish/new");
  await page.getByLabel("Image repository").fill(`${registry.host}/acme/disk-lens`);
  await page.getByRole("button", { name: "Submit extension" }).click();
  await expect(page.getByText("We couldn’t finish the check")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/tried (once|\d+ times), next retry/)).toBeVisible();
  await expectGoodPage();
});

test.describe("another user's submission", () => {
  test.use({ expectedProblems: [/status of 404/] });

  test("is not found, neither the page nor its events", async ({ page, gantry, browser }) => {
    const { registry } = gantry;
    await pushExtension(registry, "acme/disk-lens", "1.0.0");
    await gantry.enter(page, "publisher", "Pat Publisher");
    await page.goto("/publish/new");
    await page.getByLabel("Image repository").fill(`${registry.host}/acme/disk-lens`);
    await page.getByRole("button", { name: "Submit extension" }).click();
    await expect(page).toHaveURL(/\/publish\/submissions\//);
    const address = page.url();
    const events = `${address}/events`;
    expect((await fetch(events)).status).toBe(401);
    const stranger = await (await browser.newContext()).newPage();
    await gantry.enter(stranger, "publisher", "Paul Stranger");
    expect((await stranger.goto(address))?.status()).toBe(404);
    expect((await stranger.request.get(events)).status()).toBe(404);
    expect((await page.request.get(events, { headers: { "sec-fetch-site": "cross-site" } })).status()).toBe(
      403,
    );
  });
});
