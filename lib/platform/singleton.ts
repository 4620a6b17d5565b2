/**
 * Process-wide singletons, although two module graphs (the server's and Next's) load this code. Only the server, the
 * worker or a test sets a slot; all other code reads it.
 */

import { AppError } from "@/lib/platform/errors";

export type Singleton<T> = {
  get(): T;
  peek(): T | undefined;
  /** Returns the value, or sets it to the result of `make` if there is none. */
  getOrSet(make: () => T): T;
  set(value: T): void;
  clear(): void;
};

export function singleton<T>(name: string): Singleton<T> {
  const key = Symbol.for(`gantry.${name}`);
  const slots = globalSlots<T>();
  return {
    get() {
      const value = slots[key];
      if (value === undefined) {
        throw new AppError("starting", `Gantry's ${name} is not ready yet.`, {
          retryable: true,
          retryAfterSeconds: 1,
          suggestion: "Try again in a moment.",
        });
      }
      return value;
    },
    peek: () => slots[key],
    getOrSet(make) {
      const value = slots[key] ?? make();
      slots[key] = value;
      return value;
    },
    set(value) {
      slots[key] = value;
    },
    clear() {
      slots[key] = undefined;
    },
  };
}

/** `globalThis` as a table of slots. Only `singleton` writes a `Symbol.for("gantry.…")` key, always with its own T. */
function globalSlots<T>(): Record<symbol, T | undefined> {
  return globalThis as unknown as Record<symbol, T | undefined>;
}
