/** Bytes at the start of a file that identify most programs: ELF headers and `#!` lines. */
const HEAD_BYTES = 64;
/** PE headers follow a DOS program, and universal Mach-O files list their parts at the start. */
const LONG_HEAD_BYTES = 4096;

/** `MZ` of DOS and Windows programs, and the magic numbers of universal Mach-O files in both byte orders. */
const LONG_HEADS = ["4d5a", "cafebabe", "bebafeca", "cafebabf", "bfbafeca"];

/**
 * The start of a file that identifies what kind of program it is, taken with `take`, which returns up to this many of
 * the next bytes. `sizeBytes`: the file's size.
 */
export async function readFileHead(
  take: (bytes: number) => Promise<Uint8Array>,
  sizeBytes: number,
): Promise<Uint8Array> {
  const first = await take(Math.min(HEAD_BYTES, sizeBytes));
  const more = Math.min(headBytesOf(first), sizeBytes) - first.length;
  return more > 0 ? Buffer.concat([first, await take(more)]) : first;
}

/** The start of a file whose whole content is known. */
export function fileHead(content: Uint8Array): Uint8Array {
  return content.subarray(0, headBytesOf(content));
}

function headBytesOf(first: Uint8Array): number {
  const magic = Buffer.from(first.subarray(0, 4)).toString("hex");
  return LONG_HEADS.some((known) => magic.startsWith(known)) ? LONG_HEAD_BYTES : HEAD_BYTES;
}
