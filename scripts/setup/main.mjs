import { root } from "./root.mjs";
import { StepFailed, Stopped } from "./run.mjs";

/**
 * Runs the body of a script in the checkout's root folder. A failed step ends it with a message instead of a stack
 * trace.
 */
export async function main(body) {
  process.chdir(root);
  try {
    await body();
  } catch (error) {
    process.exitCode = report(error);
    // A body that failed midway can leave servers or timers that would keep the process alive.
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
