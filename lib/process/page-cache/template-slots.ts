/** Bytes with slots of equal size, for content that differs per response. */

export type SlottedBytes = {
  /** Zeros in the slots; never modified. */
  bytes: Buffer;
  /** The offsets of the slots, in order. */
  offsets: readonly number[];
};

/** Joins the parts with a slot between each pair. */
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

/** A copy with `text`, which is ASCII and has the length of a slot, in every slot. */
export function fillSlots({ bytes, offsets }: SlottedBytes, text: string): Buffer {
  const copy = Buffer.from(bytes);
  for (const offset of offsets) copy.write(text, offset, "latin1");
  return copy;
}
