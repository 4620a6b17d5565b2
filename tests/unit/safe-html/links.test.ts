import type { Element, Nodes } from "hast";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { safeHtml } from "@/lib/safe-html/safe-html";
import fc from "@/tests/builders/fast-check";

const parse = (html: string): Nodes => unified().use(rehypeParse, { fragment: true }).parse(html);

function elements(
  node: Nodes,
  inside: readonly string[] = [],
): { element: Element; inside: readonly string[] }[] {
  if (!("children" in node)) return [];
  const own = node.type === "element" ? [{ element: node, inside }] : [];
  const path = node.type === "element" ? [...inside, node.tagName] : inside;
  return [...own, ...node.children.flatMap((child) => elements(child, path))];
}

function words(node: Nodes): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(words).join("") : "";
}

/** Each link as `words → address`. */
function linksOf(source: string): string[] {
  return elements(parse(safeHtml(source)))
    .filter(({ element }) => element.tagName === "a")
    .map(({ element }) => `${words(element).trim()} → ${String(element.properties.href)}`);
}

const textOf = (source: string) => words(parse(safeHtml(source))).trim();

describe("links keep their targets and words", () => {
  test.each<[string, string[]]>([
    // Addresses in the words of an HTML link, in a text that begins with words.
    [
      'See <a href="https://example.com/releases">https://example.com/releases</a>.',
      ["https://example.com/releases → https://example.com/releases"],
    ],
    [
      'See <a href="https://a.example/home">www.b.example</a>',
      ["www.b.example (a.example) → https://a.example/home"],
    ],
    [
      "See <a href='https://a.example/x'>**https://a.example**</a>",
      ["https://a.example → https://a.example/x"],
    ],
    ['See <a href="mailto:x@a.example">x@a.example</a> now', ["x@a.example → mailto:x@a.example"]],
    [
      'See <A HREF="https://a.example/x" title="x > y">www.a.example</A>',
      ["www.a.example (a.example) → https://a.example/x"],
    ],
    [
      '- item <a href="https://a.example/1">https://a.example/1</a>\n- https://a.example/2',
      ["https://a.example/1 → https://a.example/1", "https://a.example/2 → https://a.example/2"],
    ],
    ['<a href="https://a.example">\n\nhttps://a.example\n\n</a>', ["https://a.example → https://a.example/"]],
    ['<a name="top">Top</a> https://a.example/x', ["https://a.example/x → https://a.example/x"]],
    ["[https://a.example/x](https://a.example/x)", ["https://a.example/x → https://a.example/x"]],
    // Pictures, symbols and nothing.
    [
      '<a href="https://a.example/video"><img src="https://b.example/x.png"></a>',
      ["a.example/video → https://a.example/video"],
    ],
    [
      "[![](https://b.example/x.svg)](https://a.example/build)",
      ["a.example/build → https://a.example/build"],
    ],
    [
      '<a href="https://a.example/v"><img src="https://b.example/x.png" alt="Watch it"></a>',
      ["Watch it → https://a.example/v"],
    ],
    [
      '<a href="https://github.com/acme"><i class="fa fa-github"></i></a>',
      ["github.com/acme → https://github.com/acme"],
    ],
    ['<a href="https://a.example/">\u200b&nbsp;\u2800</a>', ["a.example → https://a.example/"]],
    ['<a href="mailto:x@a.example"></a>', ["x@a.example → mailto:x@a.example"]],
    [
      `<a href="https://a.example/${"x".repeat(80)}"></a>`,
      [`a.example/${"x".repeat(50)}… → https://a.example/${"x".repeat(80)}`],
    ],
    // Links in links.
    [
      '<a href="https://a.example/1">one <a href="https://b.example/2">two</a></a>',
      ["one → https://a.example/1", "two → https://b.example/2"],
    ],
    [
      '<a href="https://a.example/1">see [two](https://b.example/2)</a>',
      ["see → https://a.example/1", "two → https://b.example/2"],
    ],
    [
      '[one <a href="https://b.example/2">two</a>](https://a.example/1)',
      ["one → https://a.example/1", "two → https://b.example/2"],
    ],
    [
      '<a href="https://a.example/1"><table><tr><td>one</td><td><a href="https://b.example/2">two</a></td></tr></table></a>',
      ["a.example/1 → https://a.example/1", "two → https://b.example/2"],
    ],
    ['<ul><a href="https://a.example/x"><li>one</li></a></ul>', ["one → https://a.example/x"]],
    ['<p><a href="https://a.example/x"><div>words</div></a></p>', ["words → https://a.example/x"]],
    // Relative and foreign addresses.
    ['<a href="/docs">docs</a>, <a href="#top">top</a>, <a href="javascript:x">x</a>', []],
    ['<a href="//a.example/x">x</a>', ["x → https://a.example/x"]],
  ])("%s", (source, expected) => {
    expect(linksOf(source)).toEqual(expected);
  });

  test("the words of a link that leads nowhere stay", () => {
    expect(textOf('See <a href="/docs">the docs</a> and <a href="#a">this</a>.')).toBe(
      "See the docs and this.",
    );
  });
});

describe("players and frames become links", () => {
  test.each<[string, string[]]>([
    ['<video src="https://a.example/v.mp4"></video>', ["Video (a.example) → https://a.example/v.mp4"]],
    [
      '<video><source src="https://a.example/v.mp4" type="video/mp4">Old browser</video>',
      ["Video (a.example) → https://a.example/v.mp4"],
    ],
    [
      '<video><source src="v.mp4"><source src="https://a.example/v.webm"></video>',
      ["Video (a.example) → https://a.example/v.webm"],
    ],
    [
      '<audio controls src="https://a.example/a.mp3"></audio>',
      ["Audio (a.example) → https://a.example/a.mp3"],
    ],
    [
      '<iframe src="//www.youtube.com/embed/x" title="Demo"></iframe>',
      ["Demo (www.youtube.com) → https://www.youtube.com/embed/x"],
    ],
    [
      '<iframe src="https://b.example/x" title="docker.com"></iframe>',
      ["docker.com (b.example) → https://b.example/x"],
    ],
    ['<embed src="http://a.example/x.pdf">', ["Embedded file (a.example) → http://a.example/x.pdf"]],
    [
      '<object data="https://a.example/x.svg">No</object>',
      ["Embedded file (a.example) → https://a.example/x.svg"],
    ],
    [
      '<video src="https://a.example/v">Or <a href="https://b.example/w">watch it there</a></video>',
      ["Video (a.example) → https://a.example/v", "watch it there → https://b.example/w"],
    ],
    ['<iframe src="javascript:alert(1)"></iframe><video src="data:video/mp4,x"></video>', []],
    ['<iframe srcdoc="<script>x</script>">words</iframe><object data="/x">words</object>', []],
    [
      '<picture><source srcset="https://a.example/x.webp"><img src="https://a.example/x.png" alt="P"></picture>',
      ["P → https://a.example/x.png"],
    ],
  ])("%s", (source, expected) => {
    expect(linksOf(source)).toEqual(expected);
    expect(linksOf(`Words before ${source} and after`)).toEqual(expected);
  });
});

describe("words in angle brackets survive", () => {
  test.each([
    ["docker run <image>", "docker run <image>"],
    ["<p>docker run <image> <name></p>", "docker run <image> <name>"],
    [
      "set <your-token>, <YOUR_TOKEN> and <path to file>",
      "set <your-token>, <YOUR_TOKEN> and <path to file>",
    ],
    [
      "docker pull <image:tag> from <host:port>/<org>/<repo>",
      "docker pull <image:tag> from <host:port>/<org>/<repo>",
    ],
    ["use <title> and <time>, then more", "use <title> and <time>, then more"],
    ["Vec<String>, Map<K, V>, <T>", "Vec<String>, Map<K, V>, <T>"],
    ["`docker run <image>` and\n\n```\nrun <image>\n```", "docker run <image> and\nrun <image>"],
    ["<your-token>\nnext", "<your-token>\nnext"],
    ["a <b and c", "a <b and c"],
    ["<p>a <b and c", "a <b and c"],
    ["a <- b, a <= b, 1<2", "a <- b, a <= b, 1<2"],
    ["<b>bold</b> <config>value</config>", "bold value"],
    ["<my-box class=x>words</my-box>", "words"],
    ['<p title="<image>">words</p>', "words"],
    ["<!-- <image> -->words", "words"],
  ])("%s", (source, expected) => {
    expect(textOf(source)).toBe(expected);
  });

  test("also in a text that is too long for Markdown", () => {
    const long = `<p>docker run <image></p>${"<p>some padding of a description</p>".repeat(500)}`;
    expect(textOf(long).slice(0, 22)).toBe("docker run <image>some");
  });
});

test.each([
  ["- [x] done\n- [ ] open", "☑ done\n☐ open"],
  ["<ul><li><input type=checkbox checked disabled> done</ul>", "☑ done"],
  ['<input type="text" value="x">words', "words"],
])("a task list keeps its state: %j", (source, expected) => {
  expect(textOf(source)).toBe(expected);
});

test.each([
  [
    "<details><summary>More</summary><p>text</p></details>",
    "<details><summary>More</summary><p>text</p></details>",
  ],
  [
    "<details open onclick=x><summary>More</summary>a</details>",
    "<details open><summary>More</summary>a</details>",
  ],
])("details unfold: %s", (source, expected) => {
  expect(safeHtml(source)).toBe(expected);
});

describe("any nesting of HTML", () => {
  const href = fc.constantFrom(
    "https://a.example/1",
    "https://b.example/2",
    "mailto:x@c.example",
    "/relative",
    "//d.example/4",
    "javascript:x",
  );
  const leaf = fc.constantFrom(
    "words",
    " ",
    "\n\n",
    "https://e.example/5",
    "[two](https://f.example/6)",
    "<image>",
    "<br>",
    '<img src="https://g.example/7.png">',
    '<video src="https://h.example/8"></video>',
    "- [x] task",
    "&nbsp;",
  );
  const tag = fc.constantFrom(
    "p",
    "div",
    "b",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "details",
    "summary",
    "h2",
    "code",
    "td",
  );
  const { html } = fc.letrec<{ html: string }>((tie) => ({
    html: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      leaf,
      fc.tuple(href, tie("html")).map(([address, inner]) => `<a href="${address}">${inner}</a>`),
      fc.tuple(href, tie("html")).map(([address, inner]) => `<a href="${address}">${inner}`),
      fc.tuple(tag, tie("html")).map(([name, inner]) => `<${name}>${inner}</${name}>`),
      fc.tuple(tie("html"), tie("html")).map(([one, other]) => `${one}${other}`),
    ),
  }));

  test("leaves no empty link, no link in a link, and no target behind", () => {
    fc.assert(
      fc.property(html, fc.constantFrom("", "Words before. "), (source, before) => {
        const text = `${before}${source}`;
        const out = elements(parse(safeHtml(text)));
        const anchors = out.filter(({ element }) => element.tagName === "a");
        for (const { element, inside } of anchors) {
          expect(words(element).replaceAll(/[\s\u00a0]/g, ""), text).not.toBe("");
          expect(inside, text).not.toContain("a");
        }
        const targets = new Set(anchors.map(({ element }) => element.properties.href));
        for (const [, address = ""] of text.matchAll(/<a href="(https:[^"]*|mailto:[^"]*)">/g))
          expect(targets, text).toContain(address);
        for (const word of text.matchAll(/words|<image>/g))
          expect(words(parse(safeHtml(text)))).toContain(word[0]);
      }),
      { numRuns: 300 },
    );
  });
});
