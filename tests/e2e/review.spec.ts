import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/browser/review-pages";
import type { ReviewedGantry } from "@/tests/support/browser/reviewed-gantry";
import { pushExtension } from "@/tests/support/registries/push";

const WAYS = [
  { name: "on a wide screen", use: {} },
  { name: "without JavaScript", use: { javaScriptEnabled: false } },
];

for (const way of WAYS) {
  test.describe(way.name, () => {
    test.use(way.use);

    test("a reviewer requests changes, declines, and approves with conditions", async ({
      page,
      gantry,
      browser,
      expectGoodPage,
    }) => {
      test.slow(); // Three decisions, with a check of every page on the way.
      const publisher = await publisherOf(gantry, await (await browser.newContext()).newPage());
      await test.step("an empty queue shows three steps", async () => {
        await gantry.enter(page, "reviewer", "Rita Reviewer");
        await page.goto("/admin");
        for (const step of ["Registries", "Repository", "Policy"]) {
          await expect(page.getByRole("heading", { name: step })).toBeVisible();
        }
        await expect(page.getByText(gantry.registry.host, { exact: true })).toBeVisible();
        await expectGoodPage();
      });

      await test.step("the queue lists waiting submissions with their findings", async () => {
        for (const name of ["disk-lens", "port-watch", "log-tail"]) await publisher.submit(name);
        await page.goto("/admin");
        const rows = page.getByRole("row");
        await expect(rows.filter({ hasText: "acme/disk-lens" })).toContainText("1.0.0");
        await expect(rows.filter({ hasText: "acme/disk-lens" })).toContainText("Pat Publisher");
        await expectGoodPage();
      });

      await test.step("a case shows all evidence", async () => {
        await openCase(page, "disk-lens");
        for (const name of ["Findings", "Capabilities", "Platforms", "Labels", "metadata.json"]) {
          await expect(page.getByRole("region", { name, exact: true }).first()).toBeVisible();
        }
        await expect(page.getByText("The file /darwin/lens on macOS hosts")).toBeVisible();
        await expect(page.getByText("Differs by platform")).toBeVisible();
        await expectGoodPage();
      });

      await test.step("requesting changes requires a reason, from a template or written", async () => {
        const form = await openDecision(page, "Request changes");
        await form.getByRole("button", { name: "Request changes" }).click();
        const again = decision(page, "Request changes");
        await expect(again.getByLabel("Reason")).toHaveAccessibleDescription(/requires a reason/);
        await expectGoodPage();
        await again.getByLabel("Template").selectOption({ label: "Explain a capability" });
        await again.getByRole("button", { name: "Request changes" }).click();
        await expect(page).toHaveURL("/admin");
        await expect(page.getByRole("status").filter({ hasText: "Requested changes to" })).toBeVisible();
        await publisher.sees("disk-lens", /requests access that its description doesn’t explain/);
      });

      await test.step("declining shows the reason to the publisher", async () => {
        await openCase(page, "port-watch");
        const form = await openDecision(page, "Decline");
        await form.getByLabel("Reason").fill("We already have one.");
        await form.getByRole("button", { name: "Decline submission" }).click();
        await expect(page).toHaveURL("/admin");
        await publisher.sees("port-watch", "We already have one.");
      });

      await test.step("an invalid range is refused beside its field; a valid one is stored", async () => {
        await openCase(page, "log-tail");
        const form = await openDecision(page, "Approve with conditions");
        await form.getByRole("radio", { name: "Versions in a range" }).check();
        await form.getByLabel("Range", { exact: true }).fill("whatever");
        await form.getByLabel("Note (optional)").fill("Fine for now.");
        await form.getByRole("button", { name: "Approve 1.0.0" }).click();
        const again = decision(page, "Approve with conditions");
        await expect(again.getByLabel("Range", { exact: true })).toHaveAccessibleDescription(/no|not/);
        await expect(again.getByRole("radio", { name: "Versions in a range" })).toBeChecked();
        await expect(again.getByLabel("Note (optional)")).toHaveValue("Fine for now.");
        await again.getByLabel("Range", { exact: true }).fill("^1");
        await again.getByLabel("Expires (optional)").fill("2999-12-31");
        await again.getByRole("button", { name: "Approve 1.0.0" }).click();
        await expect(page).toHaveURL("/admin");
        const entries = await gantry.api("GET", "/allow-list");
        expect(entries).toMatchObject({
          items: [{ track: "range", range: "^1", tag: "1.0.0", expiresAt: "2999-12-31T23:59:59.999Z" }],
        });
        await publisher.sees("log-tail", "Fine for now.");
      });

      await test.step("each state has its own list", async () => {
        await page.getByRole("link", { name: "Approved 1", exact: true }).click();
        await expect(page.getByRole("row").filter({ hasText: "acme/log-tail" })).toBeVisible();
        await expectGoodPage();
      });
    });
  });
}

test("a candidate that changed during the review is not approved, and the page shows what changed", async ({
  page,
  gantry,
  browser,
}) => {
  test.slow();
  const publisher = await publisherOf(gantry, await (await browser.newContext()).newPage());
  const id = await publisher.submit("disk-lens");
  await gantry.enter(page, "reviewer", "Rita Reviewer");
  await openCase(page, "disk-lens");
  await pushExtension(gantry.registry, "acme/disk-lens", "1.1.0", {
    labels: { "org.opencontainers.image.title": "Disk Lens 2" },
    metadata: { icon: "disk-lens.svg", vm: { image: "acme/backend" } },
  });
  await gantry.api("POST", `/submissions/${id}/check`);
  await publisher.sees("disk-lens", "Report on 1.1.0");
  await page.getByRole("button", { name: "Approve 1.0.0" }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "The candidate is now" });
  await expect(refusal).toBeVisible();
  const bar = page.getByRole("region", { name: "Decision" });
  await expect(bar).toContainText("You reviewed:");
  await expect(bar).toContainText("Now 1.1.0");
  await expect(bar).toContainText("+ the backend image acme/backend");
  await expect(bar).toContainText("− the file /darwin/lens on macOS hosts");
  await expect(page.getByRole("heading", { name: "Disk Lens 2" })).toBeVisible();
  expect(await gantry.api("GET", "/allow-list")).toMatchObject({ items: [] });
  await page.getByRole("button", { name: "Approve 1.1.0" }).click();
  await expect(page).toHaveURL("/admin");
});

test("reviewers cannot decide their own submission while someone else can", async ({
  page,
  gantry,
  expectGoodPage,
}) => {
  const { registry } = gantry;
  await pushExtension(registry, "acme/disk-lens", "1.0.0");
  await gantry.enter(page, "reviewer", "Rita Reviewer");
  await page.goto("/publish/new");
  await page.getByLabel("Image repository").fill(`${registry.host}/acme/disk-lens`);
  await page.getByRole("button", { name: "Submit extension" }).click();
  await expect(page.getByText("In review").first()).toBeVisible();
  await openCase(page, "disk-lens");
  await expect(page.getByText("You submitted this extension")).toBeVisible();
  await expect(page.getByRole("region", { name: "Decision" })).toHaveCount(0);
  await expectGoodPage();
});

/** A publisher of extensions with host binaries and a label that differs by platform. */
async function publisherOf(gantry: ReviewedGantry, page: Page) {
  const { registry, server } = gantry;
  await gantry.enter(page, "publisher", "Pat Publisher");
  return {
    async submit(name: string): Promise<string> {
      await pushExtension(registry, `acme/${name}`, "1.0.0", {
        metadata: {
          icon: "disk-lens.svg",
          ui: { "dashboard-tab": { title: "Lens", root: "/ui", src: "index.html" } },
          host: { binaries: [{ darwin: [{ path: "/darwin/lens" }] }] },
        },
        files: { "darwin/lens": "binary" },
        labelsFor: (platform) => ({ "org.opencontainers.image.description": `Shows disks on ${platform}` }),
      });
      await page.goto(`${server.url}/publish/new`);
      await page.getByLabel("Image repository").fill(`${registry.host}/acme/${name}`);
      await page.getByRole("button", { name: "Submit extension" }).click();
      await expect(page.getByText("In review").first()).toBeVisible({ timeout: 60_000 });
      return new URL(page.url()).pathname.split("/").at(-1) ?? "";
    },
    async sees(name: string, words: string | RegExp): Promise<void> {
      await page.goto(`${server.url}/publish`);
      await page.getByRole("link", { name: new RegExp(`acme/${name}$`) }).click();
      await expect(page.getByText(words).first()).toBeVisible({ timeout: 60_000 });
    },
  };
}

async function openCase(page: Page, name: string): Promise<void> {
  await page.goto("/admin");
  await page
    .getByRole("row")
    .filter({ hasText: `acme/${name}` })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/\/admin\/submissions\//);
}

/** Opens a decision: a dialog with scripts, a form in the bar without. */
async function openDecision(page: Page, name: string) {
  const bar = page.getByRole("region", { name: "Decision" });
  await bar.getByText(name, { exact: true }).first().click();
  return decision(page, name);
}

function decision(page: Page, name: string) {
  const title = new RegExp(`^${name.replace(" with conditions", "")}`);
  return page.getByRole("dialog", { name: title }).or(page.getByRole("region", { name: title }));
}
