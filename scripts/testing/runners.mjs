import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../setup/run.mjs";
import { playwrightResult, vitestResult } from "./results.mjs";

/** A part that takes longer is considered stuck, which is a failure. */
const TIMEOUT_MS = 25 * 60_000;

export async function runVitest(project, { files = [], timeoutMs = TIMEOUT_MS } = {}) {
  return withReport(async (file) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const args = [
      "node_modules/vitest/vitest.mjs",
      "run",
      `--project=${project}`,
      "--allowOnly=false",
      ...reporters,
      ...files,
    ];
    const exitCode = await run(process.execPath, args, { timeoutMs });
    return vitestResult(readReport(file), exitCode);
  });
}

export async function runPlaywright(env, { files = [] } = {}) {
  return withReport(async (file) => {
    const args = [
      "node_modules/@playwright/test/cli.js",
      "test",
      "--forbid-only",
      "--reporter=list,json",
      ...files,
    ];
    const exitCode = await run(process.execPath, args, {
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
      timeoutMs: TIMEOUT_MS,
    });
    return playwrightResult(readReport(file), exitCode);
  });
}

async function withReport(work) {
  const folder = mkdtempSync(path.join(tmpdir(), "gantry-report-"));
  try {
    return await work(path.join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
