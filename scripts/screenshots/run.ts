/**
 * `npm run screenshots`: takes screenshots of every page of the demo for each of its viewers, in three widths, light
 * and dark.
 */

import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { readDemoState } from "@/scripts/demo/state";
import { openCamera, type Picture, type Scene } from "@/scripts/screenshots/camera";
import { optimize } from "@/scripts/screenshots/optimize";
import { PAGES, README_PICTURES, SCHEMES, WIDTHS } from "@/scripts/screenshots/pages";

const FOLDER = "screenshots";
const README_FOLDER = "docs/images";
const README_SIZE = { width: 1280, height: 1040 };
const MOBILE_HEIGHT = 780;
const DESKTOP_HEIGHT = 900;

const state = readDemoState();
const url = process.env.GANTRY_DEMO_URL ?? state?.url;
if (state === undefined || url === undefined || !(await answers(url))) {
  console.error("No demo is running. Start one in another terminal: npm run demo");
  process.exit(1);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  chromiumSandbox: process.getuid?.() !== 0,
  args: ["--disable-background-networking", "--disable-component-update", "--no-first-run"],
});
const camera = await openCamera({ browser, url, accounts: state.accounts });
try {
  const problems = process.argv.includes("--readme") ? await shootReadme() : await shootAll(wanted());
  for (const problem of problems) console.error(`✗ ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await browser.close();
}

async function shootAll(only: string): Promise<string[]> {
  if (only === "") rmSync(FOLDER, { recursive: true, force: true });
  const problems: string[] = [];
  for (const page of PAGES.filter(({ name }) => name.includes(only))) {
    for (const viewer of page.viewers) {
      const pictures = everyPicture(path.join(FOLDER, viewer, page.name));
      problems.push(...(await take({ page, viewer, pictures })));
    }
    console.log(`  ${page.name}`);
  }
  console.log(`The screenshots are in ${FOLDER}/`);
  return problems;
}

function everyPicture(name: string): Picture[] {
  return WIDTHS.flatMap((width) =>
    SCHEMES.map((scheme) => {
      const size = { width, height: width < 700 ? MOBILE_HEIGHT : DESKTOP_HEIGHT };
      return { scheme, size, whole: true, file: `${name}-${width}-${scheme}.png` };
    }),
  );
}

async function shootReadme(): Promise<string[]> {
  const problems: string[] = [];
  for (const picture of README_PICTURES) {
    const page = PAGES.find(({ name }) => name === picture.page);
    if (page === undefined) throw new Error(`Page ${picture.page} does not exist.`);
    const file = path.join(README_FOLDER, `${picture.file}.png`);
    const { viewer, scheme, at = "" } = picture;
    const pictures = [{ scheme, size: README_SIZE, whole: false, file }];
    const found = await take({ page: { ...page, path: page.path + at }, viewer, pictures });
    if (found.length === 0) await optimize(file);
    problems.push(...found);
  }
  return problems;
}

/** A broken page does not prevent the screenshots of the others. */
async function take(scene: Scene): Promise<string[]> {
  for (const { file } of scene.pictures) mkdirSync(path.dirname(file), { recursive: true });
  try {
    return await camera(scene);
  } catch (error) {
    return [
      `${scene.page.name} for ${scene.viewer}: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}

async function answers(address: string): Promise<boolean> {
  return fetch(`${address}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

function wanted(): string {
  const at = process.argv.indexOf("--only");
  return at === -1 ? "" : (process.argv[at + 1] ?? "");
}
