const POLL_MS = 500;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const parent = process.ppid;

/**
 * Stops the server once the shell that npm started it through is gone. `npm start` passes SIGTERM on to that shell
 * only, which ends without telling us: the server would stay behind, with its port and its data folder.
 * To be called when the server handles signals: one that reached us by itself must not be repeated.
 */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, POLL_MS);
  timer.unref();
  for (const signal of SIGNALS.filter((name) => process.listenerCount(name) > 0)) {
    process.once(signal, () => clearInterval(timer));
  }
}
