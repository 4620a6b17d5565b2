const POLL_MS = 500;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Stops this process when npm's shell is gone. `npm start` forwards SIGTERM only to that shell, which exits silently,
 * so the server would keep its port and data folder.
 */
export function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, POLL_MS);
  timer.unref();
  onceSignalled(() => clearInterval(timer));
}

/**
 * Stops watching once a signal has reached this process directly, because a second one would mean "stop at once".
 * Listens only where another listener exists, because the first listener disables the default behavior.
 */
function onceSignalled(act) {
  process.on("newListener", (name, listener) => {
    if (listener !== act && SIGNALS.includes(name) && !process.listeners(name).includes(act))
      process.on(name, act);
  });
}
