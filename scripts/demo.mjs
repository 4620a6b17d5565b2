import "./setup/node-version.mjs";

// npm run demo: npm start with its own data folder, registry and content.
const { main } = await import("./setup/main.mjs");
const { StepFailed } = await import("./setup/run.mjs");
const { stopWithNpm } = await import("./setup/stop-with-npm.mjs");
const { ensureReadyToServe } = await import("./setup/ready-to-serve.mjs");

await main(async () => {
  const options = optionsOf(process.argv.slice(2));
  ownSettings();
  await ensureReadyToServe();
  await import("tsx");
  const { runDemo } = await import("./demo/run.ts");
  await runDemo({ ...options, startServer: () => import("../server.ts") });
  stopWithNpm();
});

/** The demo never touches the database or secrets of a real instance, so it does not read .env either. */
function ownSettings() {
  Object.assign(process.env, {
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: "",
    GANTRY_ROLE: "all",
    AUTH_SECRET: "",
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "",
    GANTRY_LOG_LEVEL: process.env.GANTRY_LOG_LEVEL || "warn",
  });
}

function optionsOf(args) {
  const unknown = args.filter((arg) => arg !== "--reset");
  if (unknown.length === 0) return { reset: args.includes("--reset") };
  throw new StepFailed(
    `Unknown option: ${unknown.join(" ")}.`,
    "Write npm run demo, or npm run demo -- --reset to recreate its data.",
  );
}
