/** Compares by UTF-16 code units: the same order on every machine, and the order of cursors. */
export function compareText(a: string, b: string): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
