/** The subset of DER (ITU-T X.690) that certificates need. */

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Encodes a value: tag, length, content. */
export function der(tag: number, ...content: (Buffer | string)[]): Buffer {
  const bytes = Buffer.concat(content.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([tag]), lengthOf(bytes), bytes]);
}

/** Wraps a value in `[number]`, or replaces its tag (`implicit`). */
export const explicitTag = (number: number) => 0xa0 + number;
export const implicitTag = (number: number) => 0x80 + number;

/** Encodes an object identifier such as `1.2.840.10045.4.3.2`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return der(TAG.objectIdentifier, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** UTCTime, valid until 2049 (RFC 5280, 4.1.2.5). */
export function utcTime(at: Date): Buffer {
  return der(TAG.utcTime, `${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, "")}Z`);
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
}

/** Seven bits per byte, with the high bit set in all but the last. */
function base128(number: number): number[] {
  const last = number & 0x7f;
  const before: number[] = [];
  for (let rest = number >> 7; rest > 0; rest >>= 7) before.unshift(0x80 | (rest & 0x7f));
  return [...before, last];
}
