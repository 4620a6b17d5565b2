import { StepFailed, Stopped } from "../setup/run.mjs";

/**
 * Sets up, then runs every part, also after one has failed; ends with the closing line `N passed, N failed` and
 * sets the exit code. A part is `{ name, run }`: `run` gets what the setup returned and gives `{ passed, problems }`.
 */
export async function runParts(setUp, parts) {
  const outcomes = [];
  const attempt = async (name, work) => {
    console.log(`\n▸ ${name}`);
    outcomes.push({ name, ...(await outcomeOf(work)) });
  };
  let context;
  await attempt("set-up", async () => {
    context = await setUp();
    return { passed: 0, problems: [] };
  });
  if (outcomes[0].problems.length === 0) {
    for (const { name, run } of parts) await attempt(name, () => run(context));
  }
  closeWith(outcomes);
}

/** What could not even be started is a failure like any other; only a request to stop goes through. */
async function outcomeOf(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const problem =
      error instanceof StepFailed ? `${error.message} ${error.suggestion}` : String(error.stack);
    return { passed: 0, problems: [problem] };
  }
}

/** Every problem is printed again at the end, where it is read. */
function closeWith(outcomes) {
  const failures = outcomes.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  console.log("");
  for (const failure of failures) console.log(`✗ ${failure}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
}
