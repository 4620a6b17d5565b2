import "./setup/node-version.mjs";

// Imported dynamically, because older Node versions cannot parse these modules.
const { main } = await import("./setup/main.mjs");
const { loadEnvFile } = await import("./setup/env-file.mjs");
const { stopWithNpm } = await import("./setup/stop-with-npm.mjs");
const { ensureReadyToServe } = await import("./setup/ready-to-serve.mjs");

await main(async () => {
  loadEnvFile();
  await ensureReadyToServe();
  await serve();
});

/** This process becomes the server, so that signals, exit code and process ID need no forwarding. */
async function serve() {
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  await import("tsx");
  stopWithNpm();
  await import("../server.ts");
}
