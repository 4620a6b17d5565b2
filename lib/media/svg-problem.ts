import type { PictureProblem } from "@/lib/extension/findings/picture-fixes";

/**
 * Why an SVG is rejected; undefined if it can be rendered. The image library runs no scripts and
 * loads nothing, but an image that tries to do so has another purpose than being looked at. Linear in the file's
 * length.
 */
export function svgProblem(bytes: Uint8Array): PictureProblem | undefined {
  const text = new TextDecoder("utf-8").decode(bytes);
  if (text.includes("\u0000"))
    return { reason: "svg_encoding", why: "it is an SVG that is not encoded in UTF-8" };
  const costly = tooMuch(text);
  if (costly !== undefined) return { reason: "svg_complex", why: costly };
  const refused = REFUSED.find(({ pattern }) => pattern.test(text));
  if (refused !== undefined) return { reason: refused.reason, why: refused.why };
  return refersOutside(text)
    ? { reason: "svg_reference", why: "it is an SVG that refers to other files" }
    : undefined;
}

/** Each pattern starts at a distinct character, so that none scans the same text twice. */
const REFUSED: readonly (PictureProblem & { pattern: RegExp })[] = [
  { pattern: /<\s*(?:[\w.-]{1,40}:)?script\b/i, reason: "svg_script", why: "it is an SVG with a script" },
  {
    pattern: /<\s*(?:[\w.-]{1,40}:)?foreignObject\b/i,
    reason: "svg_foreign_object",
    why: "it is an SVG with foreign content (foreignObject)",
  },
  {
    pattern: /<\s*(?:[\w.-]{1,40}:)?(?:iframe|object|embed|audio|video)\b/i,
    reason: "svg_media",
    why: "it is an SVG with embedded media",
  },
  { pattern: /[\s"'/]on[a-z]{2,40}\s*=/i, reason: "svg_script", why: "it is an SVG with an event handler" },
  {
    pattern: /<!ENTITY\s[^>]*\b(?:SYSTEM|PUBLIC)\b/i,
    reason: "svg_include",
    why: "it is an SVG that includes other files",
  },
  {
    pattern: /<\s*(?:[\w.-]{1,40}:)?include\b/i,
    reason: "svg_include",
    why: "it is an SVG that includes other files",
  },
  {
    pattern: /<\?xml-stylesheet\b|@import\b/i,
    reason: "svg_stylesheet",
    why: "it is an SVG that loads a style sheet",
  },
];

const REFERENCE = /\bhref\s*=\s*(?:"([^"]{0,200})|'([^']{0,200}))|url\(([^)]{0,200})/gi;
const OWN_REFERENCE = /^["']?(?:#|data:(?:image\/(?:png|jpe?g|gif|webp)|font\/|application\/(?:x-)?font)|$)/i;

function refersOutside(text: string): boolean {
  for (const [, quoted, single, called] of text.matchAll(REFERENCE)) {
    const target = (quoted ?? single ?? called ?? "").trim();
    if (!OWN_REFERENCE.test(target)) return true;
  }
  return false;
}

const ENTITIES_MAX = 50;
const ELEMENTS_MAX = 20_000;
/** Filters and repetitions multiply: a small file can cost hours of rendering. */
const COSTLY_MAX = 100;

function tooMuch(text: string): string | undefined {
  if (count(text, /<!ENTITY\b/gi) > ENTITIES_MAX) return "it is an SVG that defines too many entities";
  if (count(text, /</g) > ELEMENTS_MAX) return `it is an SVG of more than ${ELEMENTS_MAX} elements`;
  if (count(text, /<\s*(?:[\w.-]{1,40}:)?(?:fe[A-Z]\w*|filter|use|pattern|mask)\b/g) > COSTLY_MAX) {
    return `it is an SVG of more than ${COSTLY_MAX} filters, masks, patterns and repetitions`;
  }
  return undefined;
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _match of text.matchAll(pattern)) found += 1;
  return found;
}
