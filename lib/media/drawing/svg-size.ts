/** A width and a height in pixels. */
export type Size = { width: number; height: number };

/**
 * The SVG with the size in pixels at which it fills `box`, keeping its proportions. The image library would apply the
 * resolution twice to sizes in pt, mm or in, and would reserve memory for any size that a file claims. `measured`: the
 * size of a file that has none of its own. Undefined without a size, or if this cannot read the file's first element.
 */
export function svgOfSize(
  bytes: Uint8Array,
  box: Size,
  measured?: Size,
): { bytes: Uint8Array; size: Size } | undefined {
  // Latin-1 keeps every byte, whatever the encoding of the text.
  const text = Buffer.from(bytes).toString("latin1");
  const root = rootTag(text);
  if (root === undefined) return undefined;
  const viewBox = readViewBox(root.attributes.get("viewBox"));
  const natural = naturalSize(root.attributes, viewBox) ?? measured;
  if (natural === undefined) return undefined;
  const scale = Math.min(box.width / natural.width, box.height / natural.height);
  const size = {
    width: Math.max(1, Math.round(natural.width * scale)),
    height: Math.max(1, Math.round(natural.height * scale)),
  };
  const own = `width="${size.width}" height="${size.height}"`;
  const ownBox = viewBox === undefined ? ` viewBox="0 0 ${natural.width} ${natural.height}"` : "";
  const kept = root.written.filter(({ name }) => name !== "width" && name !== "height");
  const others = kept
    .filter(({ name }) => viewBox !== undefined || name !== "viewBox")
    .map(({ text: each }) => each);
  const tag = `${root.start} ${own}${ownBox}${others.length > 0 ? ` ${others.join(" ")}` : ""}`;
  const changed = text.slice(0, root.from) + tag + text.slice(root.to);
  return { bytes: Buffer.from(changed, "latin1"), size };
}

const DECLARATION = /^(?:\u00ef\u00bb\u00bf)?\s*(?:<\?xml[^>]*\?>)?/;

/** The image library only takes a file for an SVG that has `<svg` near its start: not with a prefix or a long comment. */
export function recognizable(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const start = DECLARATION.exec(text)?.[0] ?? "";
  return Buffer.from(`${start}<!-- <svg -->${text.slice(start.length)}`, "latin1");
}

type RootTag = {
  from: number;
  /** Before the `>` or `/>`. */
  to: number;
  /** `<svg`, with its prefix. */
  start: string;
  attributes: ReadonlyMap<string, string>;
  written: { name: string; text: string }[];
};

const COMMENT_OR_ROOT = /<!--|<(?:[\w.-]{1,40}:)?svg(?=[\s>/])/g;
const ATTRIBUTE = /\s+([\w:.-]{1,100})\s*=\s*("[^"<]*"|'[^'<]*')/y;

function rootTag(text: string): RootTag | undefined {
  COMMENT_OR_ROOT.lastIndex = 0;
  for (let found = COMMENT_OR_ROOT.exec(text); found !== null; found = COMMENT_OR_ROOT.exec(text)) {
    const [start] = found;
    if (start !== "<!--") return readTag(text, start, found.index);
    const end = text.indexOf("-->", found.index);
    if (end < 0) return undefined;
    COMMENT_OR_ROOT.lastIndex = end;
  }
  return undefined;
}

function readTag(text: string, start: string, from: number): RootTag | undefined {
  const written: RootTag["written"] = [];
  let to = from + start.length;
  ATTRIBUTE.lastIndex = to;
  for (let found = ATTRIBUTE.exec(text); found !== null; found = ATTRIBUTE.exec(text)) {
    const [whole, name = ""] = found;
    written.push({ name, text: whole.trim() });
    to = ATTRIBUTE.lastIndex;
  }
  if (!/^\s*\/?>/.test(text.slice(to, to + 1_000))) return undefined;
  const attributes = new Map(
    written.map(({ name, text: each }) => [
      name,
      each
        .slice(each.indexOf("=") + 1)
        .trim()
        .slice(1, -1),
    ]),
  );
  return { from, to, start, attributes, written };
}

type ViewBox = Size;

function readViewBox(text: string | undefined): ViewBox | undefined {
  const [, , width = Number.NaN, height = Number.NaN] = (text ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return width > 0 && height > 0 && Number.isFinite(width * height) ? { width, height } : undefined;
}

/** CSS pixels per unit (https://www.w3.org/TR/css-values-4/#absolute-lengths); fonts have 16 pixels. */
const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  em: 16,
  rem: 16,
  ex: 8,
  ch: 8,
};

const LENGTH = /^\s*\+?(\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(e[+-]?\d{1,3})?\s*([a-z]*)\s*$/i;

/** Undefined for a percentage, which is of a page that does not exist here, and for anything that is not a length. */
function readLength(text: string | undefined): number | undefined {
  const [, number, exponent = "", unit = ""] = LENGTH.exec(text ?? "") ?? [];
  const factor = UNITS[unit.toLowerCase()];
  if (number === undefined || factor === undefined) return undefined;
  const length = Number(`${number}${exponent}`) * factor;
  return length > 0 && Number.isFinite(length) ? length : undefined;
}

function naturalSize(
  attributes: ReadonlyMap<string, string>,
  viewBox: ViewBox | undefined,
): Size | undefined {
  const [width, height] = [readLength(attributes.get("width")), readLength(attributes.get("height"))];
  if (width !== undefined && height !== undefined) return { width, height };
  if (viewBox === undefined) return undefined;
  const proportion = viewBox.width / viewBox.height;
  if (width !== undefined) return { width, height: width / proportion };
  if (height !== undefined) return { width: height * proportion, height };
  return viewBox;
}
