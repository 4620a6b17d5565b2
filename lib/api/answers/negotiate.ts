/** Content negotiation: the encoding that a client prefers (RFC 9110, section 12.5.3). */

export type Encoding = "identity" | "gzip";

/**
 * gzip where the client weights it at least as high as identity, otherwise identity; undefined when it refuses both.
 * Without the header the result is identity, because some clients that send none cannot decode. A client that accepts
 * only gzip still gets identity for a body too small to have a gzip encoding.
 */
export function negotiateEncoding(header: string): Encoding | undefined {
  const weights = weightsOf(header);
  const any = weights.get("*");
  const gzip = weights.get("gzip") ?? weights.get("x-gzip") ?? any ?? 0;
  const identity = weights.get("identity") ?? any;
  if (gzip === 0) return identity === 0 ? undefined : "identity";
  return gzip >= (identity ?? 0) ? "gzip" : "identity";
}

/** Whether the client accepts brotli with a weight at least as high as every other encoding offered. */
export function prefersBrotli(header: string): boolean {
  const weights = weightsOf(header);
  const any = weights.get("*");
  const brotli = weights.get("br") ?? 0;
  const others = [weights.get("gzip") ?? any ?? 0, weights.get("identity") ?? any ?? 0];
  return brotli > 0 && others.every((weight) => brotli >= weight);
}

/** The last mention of a coding wins; an invalid weight counts as 0 (not acceptable). */
function weightsOf(header: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const part of header.split(",")) {
    const [coding = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    if (coding === "") continue;
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    weights.set(coding, weight === undefined ? 1 : weightOf(weight.slice(2)));
  }
  return weights;
}

function weightOf(text: string): number {
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
