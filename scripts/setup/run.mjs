import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./root.mjs";

/** A failed setup step: what happened, and how to fix it. */
export class StepFailed extends Error {
  constructor(message, suggestion, options) {
    super(message, options);
    this.suggestion = suggestion;
  }
}

/** The process received a stop signal while a step was running. */
export class Stopped extends Error {
  constructor(signal) {
    super(`Stopped by ${signal}.`);
    this.exitCode = exitCodeOf(null, signal);
  }
}

/**
 * Runs a program in this terminal and resolves with its exit code (128 + n after signal n). Forwards signals that ask
 * to stop, and stops only after the program did, so that nothing is left running.
 */
export function run(command, args, { env = {}, timeoutMs, onStart } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "inherit",
      timeout: timeoutMs,
      killSignal: "SIGKILL",
      shell: process.platform === "win32" && command === "npm",
    });
    if (child.pid !== undefined) onStart?.(child.pid);
    const signals = passSignalsTo(child);
    child.once("error", (cause) => {
      signals.release();
      reject(
        new StepFailed(`${command} could not be started: ${cause.message}.`, `Is ${command} installed?`, {
          cause,
        }),
      );
    });
    child.once("exit", (code, signal) => {
      signals.release();
      if (signals.received) reject(new Stopped(signals.received));
      else resolve(exitCodeOf(code, signal));
    });
  });
}

/** Like `run`, but prints a title first and throws `StepFailed` for any exit code except 0. */
export async function runStep(title, command, args, { suggestion, ...options }) {
  console.log(`▸ ${title}`);
  const exitCode = await run(command, args, options);
  if (exitCode === 0) return;
  throw new StepFailed(`${title} failed with exit code ${exitCode}. See its output above.`, suggestion);
}

function passSignalsTo(child) {
  const state = { received: undefined, release: () => {} };
  const names = ["SIGINT", "SIGTERM", "SIGHUP"];
  const pass = (signal) => {
    state.received ??= signal;
    child.kill(signal);
  };
  for (const name of names) process.on(name, pass);
  state.release = () => {
    for (const name of names) process.off(name, pass);
  };
  return state;
}

function exitCodeOf(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}
