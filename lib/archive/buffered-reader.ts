/** Buffered reader over a stream: returns exact numbers of bytes from chunks of any size. */
export class BufferedReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #offset = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** At most `limit` bytes and at least one; undefined at the end of the stream. The bytes can be a view. */
  async some(limit: number): Promise<Uint8Array | undefined> {
    while (this.#offset === this.#chunk.length) {
      const next = await this.#chunks.next();
      if (next.done === true) return undefined;
      this.#chunk = next.value;
      this.#offset = 0;
    }
    const end = Math.min(this.#offset + limit, this.#chunk.length);
    const bytes = this.#chunk.subarray(this.#offset, end);
    this.#offset = end;
    return bytes;
  }

  /** The next `size` bytes in their own memory, or fewer if the stream ends. */
  async take(size: number): Promise<Uint8Array> {
    const taken = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const bytes = await this.some(size - filled);
      if (bytes === undefined) return taken.subarray(0, filled);
      taken.set(bytes, filled);
      filled += bytes.length;
    }
    return taken;
  }

  /** Skips `size` bytes; false if the stream ends first. */
  async skip(size: number): Promise<boolean> {
    let left = size;
    while (left > 0) {
      const bytes = await this.some(left);
      if (bytes === undefined) return false;
      left -= bytes.length;
    }
    return true;
  }
}
