// The container's health check: exit code 0 when the server in it can serve, 1 when not. The image has no curl.
const port = process.env.PORT || "3000";
const healthy = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) }).then(
  (response) => response.ok,
  () => false,
);
process.exitCode = healthy ? 0 : 1;
