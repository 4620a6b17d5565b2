import { runVitest } from "./runners.mjs";

/** Fifty rounds of kills take ten minutes on two slow cores. */
const TIMEOUT_MS = 60 * 60_000;

/** Long series of kills and crashes, run by `npm run drill`. `npm test` runs one short round of each. */
export const DRILLS = {
  "kill-nine": { tools: ["registry"], run: () => runDrill("kill-nine") },
  "job-crashes": { tools: ["postgres"], run: () => runDrill("job-crashes") },
};

function runDrill(name) {
  return runVitest("drills", { files: [`tests/drills/${name}.test.ts`], timeoutMs: TIMEOUT_MS });
}
