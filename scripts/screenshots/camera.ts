/** Opens a page as a given user, and takes screenshots when it has settled. */

import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Account } from "@/scripts/demo/people";
import type { PageToShoot, Viewer } from "@/scripts/screenshots/pages";

export type Scene = { page: PageToShoot; viewer: Viewer; pictures: readonly Picture[] };

export type Picture = {
  scheme: "light" | "dark";
  size: { width: number; height: number };
  /** Full page, or only the viewport. */
  whole: boolean;
  file: string;
};

/** Takes the screenshots and reports problems of the page: status, console errors, horizontal overflow. */
export type Camera = (scene: Scene) => Promise<string[]>;

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
  return async (scene) => shoot(await contextOf(scene.viewer), scene);
}

/** Opens the page once, then changes its width and color scheme, as when a device is rotated. */
async function shoot(context: BrowserContext, { page: { name, path, status }, ...scene }: Scene) {
  const page = await context.newPage();
  const problems: string[] = [];
  const tell = (text: string) => problems.push(`${name} for ${scene.viewer}: ${text}`);
  watch(page, tell);
  try {
    const target = await fillIn(path, context);
    const response = await page.goto(target, { waitUntil: "load" });
    if (response?.status() !== (status ?? 200)) tell(`returned ${response?.status()} at ${target}`);
    for (const picture of scene.pictures) await take(page, picture, tell);
  } finally {
    await page.close();
  }
  return problems;
}

/** Ignores Chromium's console error for a missing page; the status check reports it. */
function watch(page: Page, tell: (text: string) => void): void {
  page.on("pageerror", (error) => tell(`throws ${error.message}`));
  page.on("console", (message) => {
    const isStatus = message.location().url === page.url() && /status of 4\d\d/.test(message.text());
    if (message.type() === "error" && !isStatus) tell(`logs ${message.text()}`);
  });
}

async function take(page: Page, { scheme, size, whole, file }: Picture, tell: (text: string) => void) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: scheme });
  await settle(page);
  if (await overflows(page)) tell(`is wider than a window of ${size.width} px`);
  await page.screenshot({ path: file, fullPage: whole, animations: "disabled" });
}

/** Does not wait for network idle, because pages can keep a stream open, nor for lazy images further down. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (const image of document.images) image.loading = "eager";
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

/** Replaces repositories in a path with IDs: of a submission that the viewer can see, or of a fresh check. */
async function fillIn(pattern: string, context: BrowserContext): Promise<string> {
  const [placeholder, kind, repository = ""] = /\{(submission|check):([^}]+)\}/.exec(pattern) ?? [];
  if (placeholder === undefined) return pattern;
  const id = kind === "check" ? await checked(repository, context) : await submitted(repository, context);
  return pattern.replace(placeholder, id);
}

async function submitted(repository: string, context: BrowserContext): Promise<string> {
  const response = await context.request.get("/api/v1/submissions?limit=100");
  const { items } = await response.json();
  const found = items.find((item: { repository: string }) => item.repository === repository);
  if (found === undefined) throw new Error(`there is no submission of ${repository} to see`);
  return found.id;
}

async function checked(reference: string, context: BrowserContext): Promise<string> {
  const response = await context.request.post("/api/v1/inspections", { data: { reference, share: true } });
  const { shared, detail } = await response.json();
  if (!shared) throw new Error(`${reference} could not be checked: ${detail}`);
  return shared.path.slice("/check/".length);
}
