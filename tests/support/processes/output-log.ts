import { EventEmitter, once } from "node:events";

/** What a program has written so far, and a way to wait for more. */
export type OutputLog = {
  append(text: string): void;
  /** No more will come. */
  end(): void;
  text(): string;
  /** The first match in its whole lines; fails when the output ends, or `timeoutMs` passes, without one. */
  match(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray>;
};

export function createOutputLog(name: string): OutputLog {
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  let text = "";
  let ended = false;
  const missed = (why: string) => new Error(`${name} ${why}. Its output:\n${text}`);
  return {
    append(more) {
      text += more;
      changes.emit("change");
    },
    end() {
      ended = true;
      changes.emit("change");
    },
    text: () => text,
    async match(pattern, timeoutMs) {
      const timeout = AbortSignal.timeout(timeoutMs);
      for (;;) {
        const found = pattern.exec(ended ? text : wholeLines(text));
        if (found !== null) return found;
        if (ended) throw missed(`ended without printing ${pattern}`);
        await once(changes, "change", { signal: timeout }).catch(() => {
          throw missed(`did not print ${pattern} within ${timeoutMs} ms`);
        });
      }
    },
  };
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf("\n") + 1);
}
