/**
 * The one way from a publisher's HTML to HTML that we send. Labels are untrusted: such fields have led to code execution
 * in a client before.
 */

import type { Element, ElementContent, Root, RootContent } from "hast";
import rehypeParse from "rehype-parse";
import rehypeSanitize, { type Options } from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";

/** Real descriptions have a few hundred tags; parsing time and nesting grow with hostile numbers of them. */
const TAGS_MAX = 2_000;

const LINK_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);
const LINK_REL = ["nofollow", "ugc", "noopener", "noreferrer"];

/** No pictures, since pages load nothing from publishers; no ids, classes or styles; nothing interactive but links. */
const SCHEMA: Options = {
  tagNames: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code", "kbd", "samp"],
    ...["strong", "b", "em", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark"],
    ...["ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"],
    "a",
  ],
  attributes: { a: ["href"] },
  protocols: { href: ["http", "https", "mailto"] },
  strip: [
    ...["script", "style", "template", "noscript", "noembed", "noframes", "title", "textarea", "select"],
    ...["iframe", "object", "embed", "svg", "math", "audio", "video", "canvas", "xmp", "plaintext"],
  ],
  required: {},
  ancestors: {},
  clobber: [],
  allowComments: false,
  allowDoctypes: false,
};

/**
 * Always read as HTML, never guessed: Markdown stays as it is typed. Text without any tag becomes paragraphs. What has
 * absurdly many tags, or nests them absurdly deep, is shown as the text it is.
 */
export function safeHtml(source: string): string {
  if (countTags(source) > TAGS_MAX) return written(paragraphs(source));
  try {
    return written(parse(source));
  } catch (error) {
    if (error instanceof RangeError) return written(paragraphs(source));
    throw error;
  }
}

function written(tree: Root): string {
  return unified().use(rehypeStringify).stringify(tree);
}

function parse(source: string): Root {
  const parsed = unified().use(rehypeParse, { fragment: true }).parse(source);
  const text = onlyText(parsed);
  if (text !== undefined) return paragraphs(text);
  const clean = unified().use(rehypeSanitize, SCHEMA).runSync(parsed);
  return { ...clean, children: clean.children.flatMap(withSafeLinks) };
}

function onlyText(root: Root): string | undefined {
  const isText = root.children.every((child) => child.type === "text");
  return isText ? root.children.map((child) => ("value" in child ? child.value : "")).join("") : undefined;
}

function paragraphs(text: string): Root {
  const blocks = text.split(/\r?\n[ \t]*\r?\n\s*/).map((block) => block.trim());
  return { type: "root", children: blocks.filter((block) => block !== "").map(paragraph) };
}

function paragraph(block: string): Element {
  const lines = block.split(/\r?\n/);
  const children = lines.flatMap((line, index): ElementContent[] => {
    const text: ElementContent = { type: "text", value: line };
    return index === 0 ? [text] : [element("br", []), text];
  });
  return element("p", children);
}

/** Absolute links only (a relative one would point into this site); others become their text. */
function withSafeLinks<Node extends RootContent | ElementContent>(node: Node): (Node | ElementContent)[] {
  if (node.type !== "element") return [node];
  const children = node.children.flatMap((child) => withSafeLinks(child));
  if (node.tagName !== "a") return [{ ...node, children }];
  const href = safeAddress(node.properties.href);
  if (href === undefined) return children;
  return [{ ...node, properties: { href, rel: LINK_REL }, children }];
}

function safeAddress(href: unknown): string | undefined {
  const url = typeof href === "string" ? URL.parse(href) : null;
  return url !== null && LINK_PROTOCOLS.has(url.protocol) ? url.href : undefined;
}

function element(tagName: string, children: ElementContent[]): Element {
  return { type: "element", tagName, properties: {}, children };
}

function countTags(source: string): number {
  return source.split("<").length - 1;
}
