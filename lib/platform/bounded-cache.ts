/**
 * Keeps what was used lately, up to a number of bytes as `sizeOf` counts them. There are two generations: what is used
 * moves to the young one, and when that has filled half of the space it becomes the old one, whose rest is forgotten.
 * Finding something again changes nothing: a map that is written to at each hit is copied by its runtime ever anew,
 * and collecting the copies costs more than the answers.
 */
export class BoundedCache<Value> {
  private young = new Map<string, Value>();
  private old = new Map<string, Value>();
  private youngBytes = 0;
  private oldBytes = 0;

  constructor(
    private readonly bytesMax: number,
    private readonly sizeOf: (value: Value, key: string) => number,
  ) {}

  get(key: string): Value | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  /** What is larger than the whole space is not kept. */
  set(key: string, value: Value): void {
    this.drop(key);
    const size = this.sizeOf(value, key);
    if (size > this.bytesMax) return;
    if (this.youngBytes + size > this.bytesMax / 2) this.age();
    this.young.set(key, value);
    this.youngBytes += size;
    if (this.youngBytes + this.oldBytes > this.bytesMax) this.forgetOld();
  }

  private age(): void {
    this.old = this.young;
    this.oldBytes = this.youngBytes;
    this.young = new Map();
    this.youngBytes = 0;
  }

  private forgetOld(): void {
    this.old = new Map();
    this.oldBytes = 0;
  }

  private drop(key: string): void {
    const young = this.young.get(key);
    const old = this.old.get(key);
    if (young !== undefined && this.young.delete(key)) this.youngBytes -= this.sizeOf(young, key);
    if (old !== undefined && this.old.delete(key)) this.oldBytes -= this.sizeOf(old, key);
  }
}
