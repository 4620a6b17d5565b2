/** Bytes with holes of one size, for what differs from answer to answer. */

export type SlottedBytes = {
  /** Zeros in the holes; never changed. */
  bytes: Buffer;
  /** Where the holes begin, in order. */
  offsets: readonly number[];
};

/** The parts with a hole between each two. */
export function joinWithSlots(parts: readonly Buffer[], slotBytes: number): SlottedBytes {
  const hole = Buffer.alloc(slotBytes);
  const offsets: number[] = [];
  let end = 0;
  const all = parts.flatMap((part, index) => {
    if (index > 0) {
      offsets.push(end);
      end += slotBytes;
    }
    end += part.byteLength;
    return index > 0 ? [hole, part] : [part];
  });
  return { bytes: Buffer.concat(all), offsets };
}

/** A copy with `text`, which is ASCII and as long as a hole, in every hole. */
export function fillSlots({ bytes, offsets }: SlottedBytes, text: string): Buffer {
  const copy = Buffer.from(bytes);
  for (const offset of offsets) copy.write(text, offset, "latin1");
  return copy;
}
