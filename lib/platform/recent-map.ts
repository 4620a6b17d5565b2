/** A map of at most `keysMax` keys: those used last. For what strangers may name without end. */
export class RecentMap<Key, Value> {
  /** The one that was used last stands last. */
  private readonly entries = new Map<Key, Value>();

  constructor(private readonly keysMax: number) {}

  get size(): number {
    return this.entries.size;
  }

  keys(): IterableIterator<Key> {
    return this.entries.keys();
  }

  get(key: Key): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.keysMax) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }

  delete(key: Key): void {
    this.entries.delete(key);
  }
}
