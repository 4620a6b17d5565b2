import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { changeStream } from "@/app/_streams/change-stream";
import { writeEvents } from "@/lib/platform/event-stream";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("events, comments and the reconnection time have their wire format", async () => {
  const sent: string[] = [];
  await writeEvents(
    (text) => sent.push(text),
    async (writer) => {
      writer.retry(1_500);
      writer.event("one line");
      writer.event({ text: "two\nlines" }, "progress");
      writer.comment("over");
    },
  );
  expect(sent).toEqual([
    "retry: 1500\n\n",
    "data: one line\n\n",
    'event: progress\ndata: {"text":"two\\nlines"}\n\n',
    ": over\n\n",
  ]);
});

test("a quiet stream gets heartbeats until its work ends, also in an error", async () => {
  const sent: string[] = [];
  let fail = (_error: Error) => {};
  const work = writeEvents(
    (text) => sent.push(text),
    () => new Promise<never>((_resolve, reject) => (fail = reject)),
  );
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual(Array.from({ length: 4 }, () => ": heartbeat\n\n"));
  fail(new Error("the work failed"));
  await expect(work).rejects.toThrow("the work failed");
  vi.advanceTimersByTime(60_000);
  expect(sent).toHaveLength(4);
});

test("no heartbeat goes to a reader who left while the page's state was being read", async () => {
  const signal = new AbortController().signal;
  const stream = changeStream({ read: () => new Promise(() => {}), signal, ended: () => undefined });
  const reader = stream.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("retry: 1500\n\n");
  await reader.cancel();
  expect(() => vi.advanceTimersByTime(60_000)).not.toThrow();
});
