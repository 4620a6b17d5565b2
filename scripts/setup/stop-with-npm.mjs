const POLL_MS = 500;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Stops this process once the shell that npm started it through is gone. `npm start` passes SIGTERM on to that shell
 * only, which ends without telling us: the server would stay behind, with its port and its data folder.
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
 * A signal that reached us by itself must not be repeated: the second one means "at once". We listen only where
 * somebody else does, since the first listener for a signal takes its usual effect away.
 */
function onceSignalled(act) {
  process.on("newListener", (name, listener) => {
    if (listener !== act && SIGNALS.includes(name) && !process.listeners(name).includes(act))
      process.on(name, act);
  });
}
