"use client";

/** A server-sent event with its data parsed as JSON. */
export type ReadEvent = { event: string; data: unknown };

/**
 * Posts `body` to a path of this server and yields the server-sent events of the response (WHATWG HTML, section 9.2). A
 * response that is not a stream becomes one `problem` event with its JSON. Throws when the connection breaks or is aborted.
 */
export async function* readEvents(
  path: string,
  body: object,
  signal: AbortSignal,
): AsyncGenerator<ReadEvent> {
  const response = await fetch(path, {
    method: "POST",
    signal,
    headers: { accept: "text/event-stream", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  if (!isStream || response.body === null) {
    yield { event: "problem", data: await response.json() };
    return;
  }
  let rest = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const blocks = (rest + read.value).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parsed(block);
      if (event) yield event;
    }
  }
}

function parsed(block: string): ReadEvent | undefined {
  const [, event = "", data = ""] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
  return event === "" ? undefined : { event, data: JSON.parse(data) };
}
