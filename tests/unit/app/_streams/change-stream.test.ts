import { afterEach, expect, test } from "vitest";
import { changeStream } from "@/app/_streams/change-stream";
import { reserveStream } from "@/app/_streams/open-streams";

/** Everything that the stream sends until it ends, without the heartbeats. */
async function said(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const text = await new Response(stream).text();
  return text.split("\n\n").filter((block) => block.startsWith("data: "));
}

function readingOf(...tokens: string[]) {
  let last = "";
  return async () => {
    last = tokens.shift() ?? last;
    return last;
  };
}

const never = new AbortController().signal;

test("the first token is sent immediately, later ones only when they differ", async () => {
  const read = readingOf("a", "a", "b", "b", "a");
  const stream = changeStream({ read, signal: never, ended: () => undefined, pollMs: 1, lifetimeMs: 6 });
  expect(await said(stream)).toEqual(["data: a", "data: b", "data: a"]);
});

test("it ends automatically and releases its place once", async () => {
  let ends = 0;
  const ended = () => {
    ends += 1;
  };
  await said(changeStream({ read: readingOf("a"), signal: never, ended, pollMs: 1, lifetimeMs: 3 }));
  expect(ends).toBe(1);
});

test("a token that can no longer be read ends the stream without a reason", async () => {
  let ends = 0;
  const read = async () => {
    throw new Error("secret");
  };
  const ended = () => {
    ends += 1;
  };
  const text = await new Response(changeStream({ read, signal: never, ended, pollMs: 1 })).text();
  expect(text).not.toContain("secret");
  expect(ends).toBe(1);
});

test("a reader who disconnects releases the place", async () => {
  await new Promise<void>((ended) => {
    const reader = changeStream({ read: readingOf("a"), signal: never, ended, pollMs: 1 }).getReader();
    void reader.read().then(() => reader.cancel());
  });
});

const taken: (() => void)[] = [];
afterEach(() => {
  for (const giveBack of taken.splice(0)) giveBack();
});

function take(user: string): boolean {
  const giveBack = reserveStream(user);
  if (giveBack) taken.push(giveBack);
  return giveBack !== undefined;
}

test("one user's tabs never take the places of others", () => {
  expect([1, 2, 3, 4, 5].map(() => take("one"))).toEqual([true, true, true, true, false]);
  expect(take("other")).toBe(true);
});

test("releasing a place twice frees one place", () => {
  const giveBack = reserveStream("one");
  giveBack?.();
  giveBack?.();
  expect([1, 2, 3, 4, 5].map(() => take("one"))).toEqual([true, true, true, true, false]);
});
