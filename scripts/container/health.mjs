// The container's health check: exits with 0 when the server is ready, with 1 otherwise. The image has no curl.
const port = process.env.PORT || "3000";
const healthy = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) }).then(
  (response) => response.ok,
  () => false,
);
process.exitCode = healthy ? 0 : 1;
