/** Results of a test runner. `problems` has one line for everything that counts as a failure. */

/** Summarizes vitest's JSON report. */
export function vitestResult(report, exitCode) {
  if (report === undefined) return crashed(exitCode);
  const result = { passed: 0, problems: [] };
  for (const file of report.testResults) {
    const problemsBefore = result.problems.length;
    for (const test of file.assertionResults)
      count(result, test.status === "passed", `${test.status}: ${test.fullName}`);
    // A file that cannot be loaded, or whose hook fails, has no failed test of its own.
    const explained = result.problems.length > problemsBefore;
    if (file.status !== "passed" && !explained)
      result.problems.push(`failed: ${file.name}: ${firstLine(file.message)}`);
  }
  return checked(result, exitCode);
}

/** Summarizes Playwright's JSON report. */
export function playwrightResult(report, exitCode) {
  if (report === undefined) return crashed(exitCode);
  const result = { passed: 0, problems: [] };
  for (const { spec, titles } of report.suites.flatMap((suite) => specsIn(suite, []))) {
    for (const test of spec.tests)
      count(result, test.status === "expected", `${test.status}: ${titles.join(" › ")}`);
  }
  for (const error of report.errors) result.problems.push(`failed: ${firstLine(error.message)}`);
  return checked(result, exitCode);
}

/** A program that reports only an exit code counts as one test. */
export function exitCodeResult(exitCode) {
  return exitCode === 0
    ? { passed: 1, problems: [] }
    : { passed: 0, problems: [`ended with exit code ${exitCode}`] };
}

function count(result, passed, problem) {
  if (passed) result.passed += 1;
  else result.problems.push(problem);
}

/** A runner that fails without naming a failure (an unhandled error, a lost worker) must not look green. */
function checked(result, exitCode) {
  if (result.passed === 0 && result.problems.length === 0) result.problems.push("no test was run");
  if (exitCode !== 0 && result.problems.length === 0) {
    result.problems.push(
      `the runner ended with exit code ${exitCode} although every test passed; see its output above`,
    );
  }
  return result;
}

function crashed(exitCode) {
  return { passed: 0, problems: [`the runner ended with exit code ${exitCode} and left no report`] };
}

function specsIn(suite, above) {
  const titles = [...above, suite.title];
  return [
    ...(suite.specs ?? []).map((spec) => ({ spec, titles: [...titles, spec.title] })),
    ...(suite.suites ?? []).flatMap((inner) => specsIn(inner, titles)),
  ];
}

function firstLine(text = "") {
  return text.split("\n", 1)[0];
}
