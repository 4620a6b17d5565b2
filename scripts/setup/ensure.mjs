import { withSetupLock } from "./lock.mjs";
import { runStep, StepFailed } from "./run.mjs";

/**
 * Makes one product of the set-up (installed packages, generated code, a build) when it is missing or out of date.
 * `isFresh` is asked again under the lock, since another process may have made it meanwhile, and once more at the end.
 */
export async function ensure({ title, isFresh, before, after, command, args, env, suggestion }) {
  if (isFresh()) return;
  await withSetupLock(async ({ hold }) => {
    if (isFresh()) return;
    before?.();
    await runStep(title, command, args, { env, suggestion, onStart: hold });
    after?.();
    if (!isFresh())
      throw new StepFailed(`${title} ended well, but its result is not what was expected.`, suggestion);
  });
}
