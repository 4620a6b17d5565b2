/** Keeps what was used last, up to a number of bytes as `sizeOf` counts them. */
export class BoundedCache<Value> {
  private readonly entries = new Map<string, Value>();
  private bytes = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly sizeOf: (value: Value, key: string) => number,
  ) {}

  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.drop(key);
    const size = this.sizeOf(value, key);
    if (size > this.bytesMax) return;
    this.entries.set(key, value);
    this.bytes += size;
    for (const oldest of this.entries.keys()) {
      if (this.bytes <= this.bytesMax) return;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.entries.delete(key);
    this.bytes -= this.sizeOf(value, key);
  }
}
