import { describe, expect, test } from "vitest";
import { safeHtml } from "@/lib/safe-html/safe-html";

describe("character references cannot hide or reverse text", () => {
  test.each([
    ["<p>good&#x202e;live.evil</p>", "<p>goodlive.evil</p>"],
    ["<p>a&#8294;b&ZeroWidthSpace;c&shy;d</p>", "<p>abcd</p>"],
    ["a&rlm;b", "<p>ab</p>"],
    [`<p>d${"&#x301;".repeat(40)}isk</p>`, `<p>d${"\u0301".repeat(4)}isk</p>`],
  ])("%s", (source, expected) => {
    expect(safeHtml(source)).toContain(expected);
    expect(safeHtml(source)).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
  });

  test.each([
    ["<p>می&zwnj;خواهم</p>", "می\u200cخواهم"],
    ["<p>שלום!&rlm;</p>", "שלום!\u200f"],
    ["<p>&#x1f469;&zwj;&#x1f4bb;</p>", "👩‍💻"],
    ["<pre><code>a\n  b\tc</code></pre>", "a\n  b\tc"],
  ])("%s keeps what its script needs", (source, expected) => {
    expect(safeHtml(source)).toContain(expected);
  });
});
