import { readdirSync } from "node:fs";
import { PASSWORD } from "@/tests/support/browser/pages";
import { expect, test } from "@/tests/support/browser/review-pages";
import { statusesOf, UPGRADE_REQUESTS } from "@/tests/support/raw-exchange";

const COUNT = 300;

test("after pages were rendered, requests for other protocols are answered and closed, and people can still sign in", async ({
  page,
  gantry,
}) => {
  test.slow(); // Thousands of connections.
  const { url, child } = gantry.server;
  const descriptors = () => readdirSync(`/proc/${child.pid}/fd`).length;
  await gantry.enter(page, "publisher", "Pia Publisher");
  await page.goto("/publish");
  // The list is in memory from here on. A burst of first requests from one network would get 503 from the queue of computations.
  expect((await fetch(`${url}/api/v1/extensions`)).status).toBe(200);
  const before = descriptors();
  for (const [what, request, status] of UPGRADE_REQUESTS) {
    const asked = statusesOf(url, request, COUNT);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    expect(await asked, what).toEqual([status]);
  }
  const [, request] = UPGRADE_REQUESTS[0] ?? [];
  const meanwhile = statusesOf(url, request ?? "", COUNT);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill("ada@acme.example");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${url}/`);
  await meanwhile;
  await expect.poll(descriptors).toBeLessThan(before + COUNT / 10);
});
