const POLL_MS = 500;

/**
 * Stops this process once the shell that npm started it through is gone. `npm start` passes SIGTERM on to that shell
 * only, and the shell ends without telling us: the server would stay behind, with its port and its data folder.
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
}
