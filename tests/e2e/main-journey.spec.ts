import type { Page } from "@playwright/test";
import { test as base, expect, PASSWORD } from "@/tests/support/browser/pages";
import {
  type DistributionRegistry,
  startDistributionRegistry,
} from "@/tests/support/registries/distribution-registry";
import { pushExtension } from "@/tests/support/registries/push";
import { startServer } from "@/tests/support/servers/running-server";

/** A server that uses the test's registry as Docker Hub. */
const test = base.extend<{ registry: DistributionRegistry }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it must make from this pattern
  registry: async ({}, use) => {
    const registry = await startDistributionRegistry();
    await use(registry);
    await registry.stop();
  },
  server: async ({ registry }, use) => {
    const server = await startServer({
      GANTRY_REGISTRIES: `docker.io=${registry.url}`,
      GANTRY_SCAN_INTERVAL_SECONDS: "604800",
    });
    await use(server);
    await server.stop();
  },
});

const PEOPLE = {
  admin: { name: "Ada Admin", email: "ada@acme.example" },
  reviewer: { name: "Rita Reviewer", email: "rita@acme.example" },
  publisher: { name: "Pat Publisher", email: "pat@acme.example" },
};

test("from setup to a yanked version: three people, one extension, two Docker Desktops", async ({
  page,
  server,
  registry,
  expectGoodPage,
}) => {
  test.setTimeout(240_000);
  const push = (tag: string, labels: Record<string, string | null> = {}) =>
    pushExtension(registry, "acme/disk-lens", tag, { labels });

  await test.step("the first admin sets Gantry up", async () => {
    await page.goto(server.setupLink);
    await page.getByLabel("Your name").fill(PEOPLE.admin.name);
    await page.getByLabel("Email address").fill(PEOPLE.admin.email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Create admin account" }).click();
    await expect(page.getByRole("heading", { name: "You are signed in as admin" })).toBeVisible();
  });

  await test.step("and invites a publisher and a reviewer, who choose their passwords", async () => {
    for (const role of ["publisher", "reviewer"] as const) await inviteAndAccept(page, role);
  });

  await test.step("the publisher submits an image that lacks its vendor, and reads how to fix it", async () => {
    await push("1.0.0", { "org.opencontainers.image.vendor": null });
    await enter(page, "publisher", "/publish/new");
    await page.getByLabel("Image repository").fill("docker pull acme/disk-lens:1.0.0");
    await page.getByRole("button", { name: "Submit extension" }).click();
    await expect(page.getByText(/LABEL org\.opencontainers\.image\.vendor/).first()).toBeVisible();
    await expectGoodPage();
  });

  await test.step("pushes a fix, asks for another check, and waits in the queue", async () => {
    await push("1.0.1");
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(page.getByRole("heading", { name: "Report on 1.0.1" })).toBeVisible();
  });

  await test.step("the reviewer asks for changes, and the publisher answers", async () => {
    await enter(page, "reviewer", "/admin");
    await openRow(page);
    await page.getByRole("button", { name: "Request changes" }).click();
    const form = page.getByRole("dialog", { name: /Request changes/ });
    await form.getByLabel("Reason").fill("Please add a link to the source.");
    await form.getByRole("button", { name: "Request changes" }).click();
    await expect(page).toHaveURL("/admin");
    await enter(page, "publisher", "/publish");
    await openRow(page);
    await expect(page.getByText("Please add a link to the source.").first()).toBeVisible();
    await push("1.0.2", { "org.opencontainers.image.source": "https://git.acme.example/disk-lens" });
    await page.getByLabel("Reply to the reviewers").fill("It is in 1.0.2.");
    await page.getByRole("button", { name: "Send reply" }).click();
    await expect(page.getByRole("heading", { name: "Report on 1.0.2" })).toBeVisible();
  });

  await test.step("the reviewer approves the reviewed version", async () => {
    await enter(page, "reviewer", "/admin");
    await openRow(page);
    await expectGoodPage();
    await page.getByRole("button", { name: "Approve 1.0.2" }).click();
    await expect(page).toHaveURL("/admin");
  });

  await test.step("a version for newer Desktops is pushed, scanned and listed", async () => {
    await push("1.1.0", { "com.docker.desktop.extension.api.version": ">= 0.4.2" });
    await page.goto("/admin/allow-list/acme/disk-lens");
    await page.getByRole("button", { name: "Scan now" }).click();
    await expect(page.getByRole("row").filter({ hasText: "1.1.0" }).first()).toBeVisible();
    await expectGoodPage();
  });

  await test.step("visitors get the version that their Docker Desktop can run", async () => {
    await leave(page);
    await page.goto("/extensions/acme/disk-lens?desktop=4.18.0&arch=arm64");
    await expect(page.getByText("docker extension install acme/disk-lens:1.0.2")).toBeVisible();
    await expect(
      page.getByText("Version 1.1.0 requires Docker Desktop 4.44 or later.").first(),
    ).toBeVisible();
    await page.goto("/extensions/acme/disk-lens?desktop=4.44.0&arch=arm64");
    await expect(page.getByText("docker extension install acme/disk-lens:1.1.0")).toBeVisible();
    await expectGoodPage();
  });

  await test.step("a yanked version is gone from the offer, and its page says why", async () => {
    await enter(page, "reviewer", "/admin/allow-list/acme/disk-lens");
    const row = page.getByRole("row").filter({ hasText: "1.1.0" });
    await row.getByRole("button", { name: "Yank" }).click();
    const form = page.getByRole("dialog", { name: "Yank 1.1.0?" });
    await form.getByLabel("Reason").fill("It does not start on arm64.");
    await form.getByRole("button", { name: "Yank version" }).click();
    await expect(row).toContainText("Yanked");
    await leave(page);
    await page.goto("/extensions/acme/disk-lens?desktop=4.44.0&arch=arm64");
    await expect(page.getByText("docker extension install acme/disk-lens:1.0.2")).toBeVisible();
    await page.goto("/extensions/acme/disk-lens/-/versions/1.1.0");
    await expect(page.getByText("It does not start on arm64.")).toBeVisible();
    await expectGoodPage();
  });
});

type Role = keyof typeof PEOPLE;

/** Opens the page of the extension's row in a table. */
async function openRow(page: Page): Promise<void> {
  await page.getByRole("row").filter({ hasText: "acme/disk-lens" }).getByRole("link").first().click();
}

/** Invites a person on the people page and accepts the invitation in the same browser, signed out. */
async function inviteAndAccept(page: Page, role: Exclude<Role, "admin">): Promise<void> {
  await enter(page, "admin", "/admin/users");
  await page.getByLabel("Name", { exact: true }).fill(PEOPLE[role].name);
  await page.getByLabel("Email address").fill(PEOPLE[role].email);
  await page.getByLabel("Role", { exact: true }).first().selectOption(role);
  await page.getByRole("button", { name: "Invite person" }).click();
  const link = await page
    .getByText(/\/invite\/[\w-]+/)
    .first()
    .textContent();
  await leave(page);
  await page.goto(link?.trim() ?? "");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await page.waitForURL("/");
}

/** Signs in as this person and opens this page. */
async function enter(page: Page, role: Role, address: string): Promise<void> {
  await leave(page);
  await page.goto(`/sign-in?next=${address}`);
  await page.getByLabel("Email address").fill(PEOPLE[role].email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(address);
}

/** Deletes the session cookie, as closing the browser does. */
async function leave(page: Page): Promise<void> {
  await page.context().clearCookies();
}
