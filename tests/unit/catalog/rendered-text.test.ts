import { expect, test, vi } from "vitest";
import { renderedText } from "@/lib/catalog/rendered-text";
import { inspectionReport } from "@/tests/builders/inspection-report";

const rendered = vi.hoisted(() => ({ times: 0 }));
vi.mock("@/lib/inspection/safe-html/safe-html", async (original) => {
  const real = await original<typeof import("@/lib/inspection/safe-html/safe-html")>();
  const safeHtml: typeof real.safeHtml = (...given) => {
    rendered.times += 1;
    return real.safeHtml(...given);
  };
  return { ...real, safeHtml };
});

test("the same text is rendered once, and another one with other pictures is another text", () => {
  rendered.times = 0;
  expect(renderedText("a *b*", undefined)).toBe("<p>a <em>b</em></p>");
  expect(renderedText("a *b*", undefined)).toBe("<p>a <em>b</em></p>");
  expect(rendered.times).toBe(1);
  renderedText("a *b*", inspectionReport("x").media);
  expect(rendered.times).toBe(2);
  expect(renderedText(null, undefined)).toBeNull();
});
