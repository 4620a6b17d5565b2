/**
 * Reads ahead: waits until `limitBytes` of the chunks (or all of them) have arrived, then yields them and fetches the
 * rest on demand. Throws what `source` throws.
 */
export async function readAhead(
  source: AsyncIterator<Uint8Array>,
  limitBytes: number,
): Promise<AsyncIterator<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let ended = false;
  while (bytes < limitBytes && !ended) {
    const next = await source.next();
    if (next.done === true) {
      ended = true;
    } else {
      chunks.push(next.value);
      bytes += next.value.length;
    }
  }
  return {
    async next() {
      const joined = chunks.length > 1 ? Buffer.concat(chunks.splice(0)) : chunks.shift();
      if (joined !== undefined) return { value: joined };
      return ended ? { value: undefined, done: true } : source.next();
    },
  };
}
