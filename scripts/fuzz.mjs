import "./setup/node-version.mjs";

// npm run fuzz [-- target …] [--count=N] [--seed=N]: long differential fuzzing against the programs that Docker uses.
const { main } = await import("./setup/main.mjs");
const { ensureDependencies } = await import("./setup/dependencies.mjs");
const { ensurePrismaClient } = await import("./setup/prisma-client.mjs");
const { run, StepFailed } = await import("./setup/run.mjs");
const { FUZZ_TARGETS } = await import("./testing/fuzz-targets.mjs");
const { adviceFor, provideTools } = await import("./testing/tools.mjs");
const { parseArgs } = await import("node:util");

await main(async () => {
  const { names, count, seed } = wishes(process.argv.slice(2));
  await ensureDependencies({ dev: true });
  await ensurePrismaClient();
  for (const target of names.map((name) => FUZZ_TARGETS[name])) {
    const tools = await provideTools(target.tools);
    const missing = target.tools.find((name) => tools[name] === undefined);
    if (missing !== undefined) throw new StepFailed("The comparison did not run.", adviceFor(missing));
    const args = ["--import", "tsx", target.program, String(count ?? target.count), String(seed)];
    process.exitCode = await run(process.execPath, args);
    if (process.exitCode !== 0) return;
  }
});

function wishes(args) {
  const known = Object.keys(FUZZ_TARGETS);
  const options = { count: { type: "string" }, seed: { type: "string" } };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new StepFailed(`Unknown fuzz target: ${unknown.join(", ")}.`, `Choose one of ${known.join(", ")}.`);
  }
  return {
    names: positionals.length > 0 ? positionals : known,
    count: wholeNumber("count", values.count),
    seed: wholeNumber("seed", values.seed) ?? Math.floor(Math.random() * 2 ** 31),
  };
}

function wholeNumber(name, text) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new StepFailed(`--${name}=${text} is not a positive integer.`, `For example: --${name}=1000.`);
}
