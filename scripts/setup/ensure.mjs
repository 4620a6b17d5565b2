import { withSetupLock } from "./lock.mjs";
import { runStep, StepFailed } from "./run.mjs";

/**
 * Creates one product of the setup (installed packages, generated code, a build) when it is missing or out of date.
 * Checks `isFresh` again under the lock, because another process may have created it meanwhile, and once more at the
 * end.
 */
export async function ensure({ title, isFresh, before, after, command, args, env, suggestion }) {
  if (isFresh()) return;
  await withSetupLock(async ({ hold }) => {
    if (isFresh()) return;
    before?.();
    await runStep(title, command, args, { env, suggestion, onStart: hold });
    after?.();
    if (!isFresh()) throw new StepFailed(`${title} finished without the expected result.`, suggestion);
  });
}
