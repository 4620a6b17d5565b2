/** Character widths in Verdana at 11 px, rounded up, so that text fits its box in any similar sans-serif font. */
const WIDTHS: readonly (readonly [string, number])[] = [
  ["ijl.,:;'|!I ", 4],
  ["ftr()[]/-", 5.2],
  ["csJz", 6.2],
  ["abdeghknopquvxy0123456789_*?FLTZ", 7.2],
  ["ABCEKPRSVXY", 7.9],
  ["DGHNOQU", 8.8],
  ["wM+=<>~#&", 9.4],
  ["mW%@", 11],
];

const PIXELS = new Map(
  WIDTHS.flatMap(([characters, width]) => [...characters].map((one) => [one, width] as const)),
);
/** Characters of other scripts are at most square. */
const OTHER_PIXELS = 11;

/** Width in CSS pixels at 11 px. */
export function textWidthPx(text: string): number {
  let width = 0;
  for (const character of text) width += PIXELS.get(character) ?? OTHER_PIXELS;
  return Math.ceil(width);
}
