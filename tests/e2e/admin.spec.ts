import type { Locator } from "@playwright/test";
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

    test("an admin keeps the allow-list", async ({ page, gantry, expectGoodPage }) => {
      test.slow(); // Many actions, with a check of every page on the way.
      const repository = `${gantry.registry.host}/acme/disk-lens`;
      await pushExtension(gantry.registry, "acme/disk-lens", "1.0.0");
      await gantry.enter(page, "admin", "Ben Admin");

      await test.step("adding a repository requires a reason and a valid range", async () => {
        await page.goto("/admin/allow-list");
        await expect(page.getByText("The allow-list is empty")).toBeVisible();
        await page.getByLabel("Repository", { exact: true }).fill(repository);
        await page.getByRole("radio", { name: "Versions in a range" }).check();
        await page.getByLabel("Range", { exact: true }).fill("whatever");
        await page.getByLabel("Reason").fill("Asked for by the platform team.");
        await page.getByRole("button", { name: "Add repository" }).click();
        await expect(page.getByLabel("Range", { exact: true })).toHaveAccessibleDescription(
          /not a version range/,
        );
        await expect(page.getByLabel("Repository", { exact: true })).toHaveValue(repository);
        await expect(page.getByRole("radio", { name: "Versions in a range" })).toBeChecked();
        await expectGoodPage();
      });

      await test.step("it leads to its submission", async () => {
        await page.getByLabel("Range", { exact: true }).fill("^1");
        await page.getByRole("button", { name: "Add repository" }).click();
        await expect(page).toHaveURL(/\/admin\/submissions\//);
        await untilListed(gantry, repository);
      });

      await test.step("the list shows the entry under its state", async () => {
        await page.goto("/admin/allow-list?state=active");
        await expect(page.getByRole("row").filter({ hasText: repository })).toContainText("Only versions ^1");
        await page.getByRole("link", { name: /^Suspended/ }).click();
        await expect(page.getByText("No entries in this state")).toBeVisible();
        await page.getByRole("link", { name: /^All \d/ }).click();
        await page.getByRole("link", { name: "Disk Lens" }).click();
        await expect(page.getByRole("heading", { level: 1, name: "Disk Lens" })).toBeVisible();
        await expectGoodPage();
      });

      await test.step("suspended and resumed, with the reason in its history", async () => {
        await openAct(page.locator("main"), "Suspend entry");
        await send(page.locator("main"), "Suspend entry", { Reason: "Somebody reported it." });
        await expect(page.getByText("is suspended", { exact: false }).first()).toBeVisible();
        await expect(page.getByText("Somebody reported it.").first()).toBeVisible();
        expect(await gantry.api("GET", "/allow-list")).toMatchObject({ items: [] });
        await openAct(page.locator("main"), "Resume entry");
        await send(page.locator("main"), "Resume entry", { Reason: "It was a mistake." });
        await expect(page.getByText("is active again", { exact: false }).first()).toBeVisible();
      });

      await test.step("a scan finds a version with more access and holds it", async () => {
        await pushBinaries(gantry, "1.1.0");
        await page.getByRole("button", { name: "Scan now" }).click();
        const row = page.getByRole("row").filter({ hasText: "1.1.0" });
        await expect(row).toContainText("Held", { timeout: 20_000 });
        await expect(row).toContainText("the file /darwin/lens on macOS hosts");
        await expectGoodPage();
      });

      await test.step("its case shows the changes since the approved version", async () => {
        await page.getByRole("row").filter({ hasText: "1.1.0" }).getByRole("link", { name: "1.1.0" }).click();
        const changes = page.getByRole("region", { name: "Changes since 1.0.0" });
        await expect(changes).toContainText("host.binaries[0].darwin[0].path");
        await expect(
          changes.getByRole("insertion").filter({ hasText: "/darwin/lens" }).first(),
        ).toBeVisible();
        await expectGoodPage();
      });

      await test.step("listing it asks whether later versions are covered", async () => {
        await page.goto("/admin/versions");
        const row = page.getByRole("row").filter({ hasText: "1.1.0" });
        await openAct(row, "List");
        await expect(row.getByRole("radio", { name: "This version only" })).toBeChecked();
        await expectGoodPage();
        await send(row, "List version", { Reason: "The binary was reviewed." });
        await expect(page.getByText("1.1.0 is listed").first()).toBeVisible();
        await expect(page.getByText("No held versions")).toBeVisible();
        await untilListed(gantry, repository, "1.1.0");
      });

      await test.step("a moved tag waits until its new image is accepted", async () => {
        const { digest } = await pushExtension(gantry.registry, "acme/disk-lens", "1.0.0", {
          labels: { "org.opencontainers.image.description": "Other content." },
        });
        await gantry.api("POST", `/extensions/${repository}/-/scan?wait=30`);
        await page.goto("/admin/versions?kind=moved");
        const row = page.getByRole("row").filter({ hasText: "Tag moved" });
        await expectGoodPage();
        await row.getByRole("link", { name: "1.0.0" }).click();
        await expect(page.getByRole("insertion").filter({ hasText: "Other content" })).toBeVisible();
        await expectGoodPage();
        await page.goBack();
        await openAct(row, "Accept new image");
        await send(row, "Accept new image", { Reason: "Rebuilt on purpose." });
        await expect(page.getByText("No moved tags")).toBeVisible();
        const version = await gantry.api("GET", `/extensions/${repository}/-/versions/1.0.0`);
        expect(version).toMatchObject({ digest, visibility: "listed" });
      });

      await test.step("a yanked version shows its reason and is no longer offered", async () => {
        await page.goto(`/admin/allow-list/${repository}`);
        const row = page.getByRole("row").filter({ hasText: "1.1.0" });
        await openAct(row, "Yank");
        await send(row, "Yank version", { Reason: "It loses data." });
        await expect(page.getByRole("row").filter({ hasText: "1.1.0" })).toContainText("Yanked");
        await untilListed(gantry, repository, "1.0.0");
      });

      await test.step("a moved extension links to its new repository, and so does the update check", async () => {
        const there = `${gantry.registry.host}/acme/disk-lens-two`;
        await pushExtension(gantry.registry, "acme/disk-lens-two", "2.0.0");
        await gantry.api("POST", "/allow-list", {
          repository: there,
          track: "follow",
          reason: "Its new place.",
        });
        await untilOffered(gantry, there, "2.0.0");
        await openAct(page.locator("main"), "Move extension");
        await send(page.locator("main"), "Move extension", {
          "New repository": "nobody/nothing",
          Reason: "Renamed.",
        });
        await expect(page.getByText("nobody/nothing is not active on the allow-list").first()).toBeVisible();
        await send(page.locator("main"), "Move extension", { "New repository": there });
        await expect(page.getByText(`Moved ${repository} to ${there}`).first()).toBeVisible();
        const installed = { repository, tag: "1.0.0" };
        const client = { desktop: "4.44.0", arch: "amd64" };
        expect(await gantry.api("POST", "/updates", { client, installed: [installed] })).toMatchObject({
          items: [
            { ...installed, action: "moved", target: { repository: there, tag: "2.0.0" }, movedTo: there },
          ],
        });
        await page.goto(`/extensions/${repository}`);
        await expect(page.getByText("This extension has moved")).toBeVisible();
        await expectGoodPage();
        await page.getByRole("main").getByRole("link", { name: there }).first().click();
        await expect(page).toHaveURL(new RegExp(`/extensions/${there}`));
        await page.goto(`/admin/allow-list/${repository}`);
      });

      await test.step("revoking asks for confirmation and cannot be undone with a click", async () => {
        await openAct(page.locator("main"), "Revoke entry");
        await expect(page.getByText("permanently?", { exact: false }).first()).toBeVisible();
        await send(page.locator("main"), "Revoke entry", { Reason: "No longer wanted." });
        await expect(page.getByText("is revoked", { exact: false }).first()).toBeVisible();
        await expect(page.getByRole("button", { name: "Scan now" })).toHaveCount(0);
        await expectGoodPage();
      });
    });

    test("an admin keeps people, policy, Desktop releases and the audit", async ({
      page,
      gantry,
      expectGoodPage,
    }) => {
      test.slow();
      await gantry.enter(page, "admin", "Ben Admin");

      await test.step("an invitation is shown once, as a link", async () => {
        await page.goto("/admin/users");
        await expectGoodPage();
        await page.getByLabel("Name", { exact: true }).fill("Grace Hopper");
        await page.getByLabel("Email address").fill("grace@acme.example");
        await page.getByLabel("Role").first().selectOption("reviewer");
        await page.getByRole("button", { name: "Invite person" }).click();
        await expect(page.getByText(/\/invite\/\S+/).first()).toBeVisible();
        await expectGoodPage();
        await page.goto("/admin/users");
        await expect(page.getByText(/\/invite\//)).toHaveCount(0);
        await expect(page.getByRole("row").filter({ hasText: "grace@acme.example" })).toContainText(
          "Invited",
        );
      });

      await test.step("a second account with the same address is refused beside its field", async () => {
        await page.getByLabel("Name", { exact: true }).fill("Grace again");
        await page.getByLabel("Email address").fill("grace@acme.example");
        await page.getByRole("button", { name: "Invite person" }).click();
        await expect(page.getByLabel("Email address")).toHaveAccessibleDescription(/already exists/);
      });

      await test.step("the last admin stays one", async () => {
        await page.goto("/admin/users");
        const other = page.getByRole("row").filter({ hasText: "ada@acme.example" });
        await openAct(other, "Suspend");
        await other.getByRole("button", { name: "Suspend account" }).click();
        await expect(page.getByText("Suspended Ada Lovelace").first()).toBeVisible();
        const own = page.getByRole("row").filter({ hasText: "Ben Admin" });
        await openAct(own, "Change role");
        await own.getByRole("combobox", { name: "Role" }).selectOption("publisher");
        await own.getByRole("button", { name: "Change role" }).last().click();
        await expect(page.getByText(/the last admin/).first()).toBeVisible();
      });

      await test.step("a Desktop release is added; an invalid version is refused", async () => {
        await page.goto("/admin/desktop-releases");
        await openAct(page.locator("main"), "Add release");
        const main = page.locator("main");
        await send(main, "Add release", { "Docker Desktop version": "nine", Source: "Seen on a desk." });
        await expect(main.getByLabel("Docker Desktop version").first()).toHaveAccessibleDescription(
          /not a version/,
        );
        await send(main, "Add release", { "Docker Desktop version": "9.9.0" });
        await expect(page.getByRole("row").filter({ hasText: "9.9.0" })).toContainText("Seen on a desk.");
      });

      await test.step("the policy is saved", async () => {
        await page.goto("/admin/policy");
        await expectGoodPage();
        await page.getByRole("radio", { name: "Review every version" }).check();
        await page.getByRole("button", { name: "Save policy" }).click();
        await expect(page.getByText("Policy saved")).toBeVisible();
        await expect(page.getByRole("radio", { name: "Review every version" })).toBeChecked();
      });

      await test.step("the audit log can be filtered, shows changes, and verifies", async () => {
        await page.goto("/admin/audit");
        await page.getByLabel("Action").selectOption("policy.change");
        await page.getByRole("button", { name: "Filter entries" }).click();
        await page.waitForURL(/action=policy\.change/);
        await page.locator("summary", { hasText: "Changes in entry" }).first().click();
        await expect(page.getByText("− auto_within_envelope")).toBeVisible();
        await expect(page.getByText("+ manual")).toBeVisible();
        await expectGoodPage();
        await page.getByRole("button", { name: "Verify integrity" }).click();
        await expect(page.getByText("Verified: the audit log is intact")).toBeVisible();
        await expectGoodPage();
      });
    });
  });
}

/** Opens the dialog of an action; without scripts it unfolds in place. */
async function openAct(within: Locator, trigger: string): Promise<void> {
  await within.getByText(trigger, { exact: true }).first().click();
}

async function send(within: Locator, submit: string, fields: Record<string, string>): Promise<void> {
  const button = within.getByRole("button", { name: submit, exact: true }).last();
  await expect(button).toBeVisible();
  for (const [label, value] of Object.entries(fields)) {
    await button.locator("xpath=ancestor::form").getByLabel(label).fill(value);
  }
  await button.click();
}

/** Waits until the public allow-list has only this repository, at this tag. */
async function untilListed(gantry: ReviewedGantry, repository: string, tag = "1.0.0"): Promise<void> {
  await expect
    .poll(() => gantry.api("GET", "/allow-list"), { timeout: 20_000 })
    .toMatchObject({ items: [{ repository, tag }] });
}

/** Waits until the public allow-list has the repository among others. */
async function untilOffered(gantry: ReviewedGantry, repository: string, tag: string): Promise<void> {
  const items = expect.arrayContaining([expect.objectContaining({ repository, tag })]);
  await expect.poll(() => gantry.api("GET", "/allow-list"), { timeout: 20_000 }).toMatchObject({ items });
}

async function pushBinaries({ registry }: ReviewedGantry, tag: string): Promise<void> {
  await pushExtension(registry, "acme/disk-lens", tag, {
    metadata: {
      icon: "disk-lens.svg",
      ui: { "dashboard-tab": { title: "Lens", root: "/ui", src: "index.html" } },
      host: { binaries: [{ darwin: [{ path: "/darwin/lens" }] }] },
    },
    files: { "darwin/lens": "binary" },
  });
}
