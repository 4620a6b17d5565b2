import { root } from "./root.mjs";
import { StepFailed, Stopped } from "./run.mjs";

/** Runs a script's body from the checkout's top folder; a failed step ends it with a sentence instead of a stack. */
export async function main(body) {
  process.chdir(root);
  try {
    await body();
  } catch (error) {
    process.exitCode = report(error);
    // A body that failed half-way may have left servers or timers that would keep the process alive.
    process.exit();
  }
}

function report(error) {
  if (error instanceof Stopped) return error.exitCode;
  if (error instanceof StepFailed) {
    console.error(`\n${error.message}\n${error.suggestion}`);
    return 1;
  }
  console.error(error);
  return 1;
}
