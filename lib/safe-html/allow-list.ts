import type { Options } from "rehype-sanitize";

/**
 * Sanitizer allow-list: formatting, tables, links and images, whose URLs are checked afterwards. No ids, classes or
 * styles; nothing interactive except links and details; nothing that loads or runs.
 */
export const ALLOW_LIST: Options = {
  tagNames: [
    ...["h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "blockquote", "pre", "code", "kbd", "samp"],
    ...["strong", "b", "em", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark"],
    ...["ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "th", "td", "caption"],
    ...["a", "img", "details", "summary"],
  ],
  attributes: { a: ["href"], img: ["src", "alt"], details: ["open"] },
  protocols: { href: ["http", "https", "mailto"], src: ["https"] },
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
