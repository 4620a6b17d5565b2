import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { AppError } from "@/lib/platform/errors";
import { closeTaskThreads, replaceTaskThreads } from "@/lib/platform/threads/task-threads";
import { inspectionReport } from "@/tests/builders/inspection-report";

/** Loaded again, since files that share a process may have loaded it without the mock. */
let renderAhead: typeof import("@/lib/catalog/rendered-text").renderAhead;
let renderedText: typeof import("@/lib/catalog/rendered-text").renderedText;

beforeAll(async () => {
  vi.resetModules();
  ({ renderAhead, renderedText } = await import("@/lib/catalog/rendered-text"));
});
afterEach(closeTaskThreads);

const rendered = vi.hoisted(() => ({ times: 0 }));
vi.mock("@/lib/safe-html/safe-html", async (original) => {
  const real = await original<typeof import("@/lib/safe-html/safe-html")>();
  const safeHtml: typeof real.safeHtml = (...given) => {
    rendered.times += 1;
    return real.safeHtml(...given);
  };
  return { ...real, safeHtml };
});

test("the same text is rendered once, and another one with other pictures is another text", () => {
  rendered.times = 0;
  expect(renderedText({ source: "once *only*", media: undefined })).toBe("<p>once <em>only</em></p>");
  expect(renderedText({ source: "once *only*", media: undefined })).toBe("<p>once <em>only</em></p>");
  expect(rendered.times).toBe(1);
  renderedText({ source: "once *only*", media: inspectionReport("x").media });
  expect(rendered.times).toBe(2);
  expect(renderedText({ source: null, media: undefined })).toBeNull();
});

test("a long text that was rendered ahead in a thread is not rendered again, and a short one is not sent there", async () => {
  const sent: string[] = [];
  replaceTaskThreads({
    async run(task, input) {
      sent.push(task.name);
      return task.run(input);
    },
    close: () => undefined,
  });
  const long = { source: "a *b* and some words without marks. ".repeat(60), media: undefined };
  await renderAhead(long);
  await renderAhead({ source: "short", media: undefined });
  await renderAhead(long);
  expect(sent).toEqual(["RENDER_TEXT"]);
  rendered.times = 0;
  expect(renderedText(long)).toContain("<em>b</em>");
  expect(rendered.times).toBe(0);
});

test("where no thread can render it, it is rendered when it is needed", async () => {
  replaceTaskThreads({
    run: () =>
      Promise.reject(new AppError("busy", "Too many wait.", { suggestion: "Wait.", retryable: true })),
    close: () => undefined,
  });
  const long = { source: "c *d* and some words without marks. ".repeat(60), media: undefined };
  await renderAhead(long);
  expect(renderedText(long)).toContain("<em>d</em>");
});
