/** Opens a page as somebody sees it, and takes a picture when it has come to rest. */

import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Account } from "@/scripts/demo/people";
import type { PageToShoot, Viewer } from "@/scripts/screenshots/pages";

export type Shot = {
  page: PageToShoot;
  viewer: Viewer;
  scheme: "light" | "dark";
  size: { width: number; height: number };
  /** Down to its end, or only what a screen shows. */
  whole: boolean;
  file: string;
};

/** Takes the picture and tells what is wrong with the page: its status, errors in the console, a width that overflows. */
export type Camera = (shot: Shot) => Promise<string[]>;

export type CameraOptions = { browser: Browser; url: string; accounts: readonly Account[] };

export async function openCamera({ browser, url, accounts }: CameraOptions): Promise<Camera> {
  const contexts = new Map<Viewer, BrowserContext>();
  const contextOf = async (viewer: Viewer): Promise<BrowserContext> => {
    const known = contexts.get(viewer);
    if (known !== undefined) return known;
    const context = await browser.newContext({ baseURL: url, locale: "en-GB", reducedMotion: "reduce" });
    if (viewer !== "signed-out") await signIn(context, accountOf(accounts, viewer));
    contexts.set(viewer, context);
    return context;
  };
  return async (shot) => shoot(await contextOf(shot.viewer), shot);
}

async function shoot(context: BrowserContext, shot: Shot): Promise<string[]> {
  const { name, path: pattern, status: expected = 200 } = shot.page;
  const page = await context.newPage();
  const problems: string[] = [];
  const tell = (text: string) => problems.push(`${name} for ${shot.viewer}, ${shot.size.width} px: ${text}`);
  page.on("pageerror", (error) => tell(`throws ${error.message}`));
  page.on("console", (message) => {
    const isStatus = expected !== 200 && message.text().includes(`status of ${expected}`);
    if (message.type() === "error" && !isStatus) tell(`logs ${message.text()}`);
  });
  try {
    await page.setViewportSize(shot.size);
    await page.emulateMedia({ colorScheme: shot.scheme });
    const target = await fillIn(pattern, context);
    const response = await page.goto(target, { waitUntil: "load" });
    if (response?.status() !== expected) tell(`answers ${response?.status()} at ${target}`);
    await settle(page);
    if (await overflows(page)) tell("is wider than the window");
    await page.screenshot({ path: shot.file, fullPage: shot.whole, animations: "disabled" });
  } finally {
    await page.close();
  }
  return problems;
}

/** Pages may keep a stream open, so that waiting for a silent network would wait for ever. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
}

function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

async function signIn(context: BrowserContext, { email, password }: Account): Promise<void> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('input[name="password"]').press("Enter");
  await page.waitForURL((address) => address.pathname !== "/sign-in");
  await page.close();
}

function accountOf(accounts: readonly Account[], viewer: Viewer): Account {
  const account = accounts.find(({ role }) => role === viewer);
  if (account === undefined) throw new Error(`The demo has no account for ${viewer}.`);
  return account;
}

/** Puts ids where the path names a submission by its repository, as the viewer may see it. */
async function fillIn(pattern: string, context: BrowserContext): Promise<string> {
  const repository = /\{submission:([^}]+)\}/.exec(pattern)?.[1];
  if (repository === undefined) return pattern;
  const response = await context.request.get("/api/v1/submissions?limit=100");
  const { items } = await response.json();
  const found = items.find((item: { repository: string }) => item.repository === repository);
  if (found === undefined) throw new Error(`there is no submission of ${repository} to see`);
  return pattern.replace(/\{[^}]+\}/, found.id);
}
