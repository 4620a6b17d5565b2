import { readFileSync } from "node:fs";
import type { Element, Nodes } from "hast";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { safeHtml } from "@/lib/safe-html/safe-html";

const REL = 'rel="nofollow ugc noopener noreferrer"';

test.each([
  ["<p>Hello <b>you</b></p>", "<p>Hello <b>you</b></p>"],
  ["<h2>Why</h2><ul><li>a<li>b</ul>", "<h2>Why</h2><ul><li>a</li><li>b</li></ul>"],
  ["<table><tr><th>a<td>b</table>", "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"],
  ["<div class=x>in <span>a box</span></div>", "in a box"],
  ['<p><a href="https://a.example/x">a</a></p>', `<p><a href="https://a.example/x" ${REL}>a</a></p>`],
  [
    '<p><a href="mailto:a@b.example" target="_blank">a</a>',
    `<p><a href="mailto:a@b.example" ${REL}>a</a></p>`,
  ],
  [
    "<ul>\n    <li>indented</li>\n\n    <li>as Dockerfiles do</li>\n</ul>",
    "<ul>\n    <li>indented</li>\n    <li>as Dockerfiles do</li>\n</ul>",
  ],
  [
    "<b>Bold</b>      and <i>more</i>   <ul><li>x</li></ul>",
    "<p><b>Bold</b>      and <i>more</i>   </p><ul><li>x</li></ul><p></p>",
  ],
])("keeps what formats text: %s", (source, expected) => {
  expect(safeHtml(source)).toBe(expected);
});

test.each([
  ["One line.", "<p>One line.</p>"],
  ["First\r\nsecond\n\n  Next  \n\n\n", "<p>First<br>\nsecond</p>\n<p>Next</p>"],
  ["a < b && c > d", "<p>a &#x3C; b &#x26;&#x26; c > d</p>"],
  ["", ""],
  [" \n ", ""],
])("text without marks becomes paragraphs: %j", (source, expected) => {
  expect(safeHtml(source)).toBe(expected);
});

test.each([
  ["# Title\n\n* one\n* two", "<h1>Title</h1>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"],
  [
    "**bold**, *slanted*, `code`, ~~gone~~",
    "<p><strong>bold</strong>, <em>slanted</em>, <code>code</code>, <del>gone</del></p>",
  ],
  ["[docs](https://a.example/x)", `<p><a href="https://a.example/x" ${REL}>docs</a></p>`],
  ["See https://a.example/x.", `<p>See <a href="https://a.example/x" ${REL}>https://a.example/x</a>.</p>`],
  [
    "|a|b|\n|-|-|\n|1|2|",
    "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
  ],
  ["```sh\n<b>x</b>\n```", "<pre><code>&#x3C;b>x&#x3C;/b>\n</code></pre>"],
  ["<p>HTML *as it is*</p>\n\nand *Markdown*", "<p>HTML *as it is*</p>\n<p>and <em>Markdown</em></p>"],
  ["- list with <b>HTML</b>", "<ul>\n<li>list with <b>HTML</b></li>\n</ul>"],
  ["    indented text is no code", "<p>indented text is no code</p>"],
  ["A note[^1].\n\n[^1]: a footnote needs ids", "<p>A note[^1].</p>\n<p>[^1]: a footnote needs ids</p>"],
])("Markdown and HTML are read by one rule: %j", (source, expected) => {
  expect(safeHtml(source).replaceAll(/\n(?=<\/?t[rhdab])|(?<=<\/?t\w+>)\n/g, "")).toBe(expected);
});

describe("pictures", () => {
  const pictures = new Map([
    ["https://a.example/shot.png", { path: "/api/v1/media/abc", width: 600, height: 400 }],
  ]);

  test.each([
    [
      "![Overview](https://a.example/shot.png)",
      '<p><img src="/api/v1/media/abc" alt="Overview" width="600" height="400" loading="lazy"></p>',
    ],
    [
      "![Elsewhere](https://b.example/x.png)",
      `<p><a href="https://b.example/x.png" ${REL}>Elsewhere</a></p>`,
    ],
    ["![](https://b.example/x.png)", `<p><a href="https://b.example/x.png" ${REL}>Picture</a></p>`],
    [
      "[![Build](https://b.example/x.svg)](https://b.example/)",
      `<p><a href="https://b.example/" ${REL}>Build</a></p>`,
    ],
    ["![Relative](shot.png)", "<p>Relative</p>"],
    ["![Plain](http://b.example/x.png)", "<p>Plain</p>"],
    ["<p><img src=data:image/png;base64,AAAA>", "<p></p>"],
  ])("come from here or become words: %s", (source, expected) => {
    expect(safeHtml(source, pictures)).toBe(expected);
  });
});

test.each([
  ["[https://docker.com](https://evil.example/x)", "https://docker.com (evil.example)"],
  ["[docker.com/login](https://evil.example/x)", "docker.com/login (evil.example)"],
  ["[the docs](https://d\u043ecker.com/)", "the docs (xn--dcker-jye.com)"],
  ["[a.example/x](https://a.example/y)", "a.example/x"],
  ["[version 1.2.3](https://a.example/y)", "version 1.2.3"],
])("a link whose words name another host says where it leads: %s", (source, words) => {
  expect(textOf(treeOf(safeHtml(source)))).toBe(words);
});

const PAYLOADS: string[] = JSON.parse(readFileSync("tests/samples/hostile-texts.json", "utf8"));

const ALLOWED = new Set(
  "h1 h2 h3 h4 h5 h6 p br hr blockquote pre code kbd samp strong b em i u s del ins sub sup small mark ul ol li dl dt dd table thead tbody tfoot tr th td caption a details summary".split(
    " ",
  ),
);

/** Everything in a tree that must never be sent. */
function forbidden(node: Nodes): string[] {
  if (node.type === "comment" || node.type === "doctype") return [node.type];
  if (node.type !== "element" && node.type !== "root") return [];
  const own =
    node.type === "root" || isHarmless(node) ? [] : [JSON.stringify([node.tagName, node.properties])];
  return [...own, ...node.children.flatMap(forbidden)];
}

function isHarmless({ tagName, properties }: Element): boolean {
  if (!ALLOWED.has(tagName)) return false;
  if (tagName === "details") return Object.keys(properties).every((name) => name === "open");
  if (tagName !== "a") return Object.keys(properties).length === 0;
  const { href, rel, ...others } = properties;
  const safe = typeof href === "string" && /^(?:https?:\/\/|mailto:)/.test(href);
  return safe && Array.isArray(rel) && rel.length === 4 && Object.keys(others).length === 0;
}

function treeOf(html: string): Nodes {
  return unified().use(rehypeParse, { fragment: true }).parse(html);
}

function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}

test("the samples are many and differ", () => {
  expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(200);
});

const CONTEXTS: ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `<p>before ${payload} after</p>`,
  (payload) => `Words ${payload}\n\n- item ${payload}`,
  (payload) => `<table>${payload}`,
  (payload) => `<a>${payload}`,
  (payload) => `| a |\n|---|\n| ${payload.replaceAll("\n", " ")} |`,
  (payload) => `${payload}${" padding".repeat(2_100)}`,
];

test.each(PAYLOADS)("nothing that acts or loads comes through: %j", (payload) => {
  for (const context of CONTEXTS) expect(forbidden(treeOf(safeHtml(context(payload))))).toEqual([]);
});

test("what came out once comes out the same again", () => {
  for (const payload of PAYLOADS) {
    const once = safeHtml(`<p>${payload}</p>`);
    const twice = safeHtml(once);
    expect(safeHtml(twice)).toBe(twice);
    expect(forbidden(treeOf(twice))).toEqual([]);
  }
});

describe("a label full of one construct is answered with a tree of bounded depth", () => {
  const full = (part: string) => part.repeat(Math.floor(65_536 / part.length));
  test.each([
    ["divisions", full("<div>")],
    ["quotations below the limit", `${"<blockquote>".repeat(1_400)}x`],
    ["elements that the parser opens again and again", full("<b><p>")],
    ["different ones of them", Array.from({ length: 1_400 }, (_, at) => `<b a=${at}><p>`).join("")],
    ["lone brackets", full("<")],
    ["marks of quotation", full("> ")],
    ["marks of lists", full("1) - ")],
    ["brackets", full("![[")],
    ["emphasis", full("*a_ ")],
    ["ticks", Array.from({ length: 350 }, (_, at) => "`".repeat(at)).join(" ")],
    ["definitions", Array.from({ length: 4_000 }, (_, at) => `[a${at}]: b\n`).join("")],
    ["table cells", `${full("a|").slice(0, 30_000)}\n${full("-|").slice(0, 30_000)}`],
    ["lists in lists", Array.from({ length: 350 }, (_, at) => `${" ".repeat(at)}- a`).join("\n")],
    ["entities", full("&")],
    ["addresses", full("www.a.b ")],
    ["placeholders", full("<x>")],
    ["tags that never end", full("<x ")],
    ["quotes that never end", full('<x a="')],
    ["links in links", full("<a href=//x>")],
    ["links in tables in links", full("<a href=//x><table><tr><td>")],
    ["players", full("<video src=//x>")],
  ])("%s", (_what, source) => {
    expect(depthOf(treeOf(safeHtml(source)))).toBeLessThan(60);
  });
});

function depthOf(node: Nodes): number {
  return "children" in node ? 1 + Math.max(0, ...node.children.map(depthOf)) : 0;
}
