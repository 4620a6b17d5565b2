/** By code units: the same order on every machine, and the one in which cursors are compared. */
export function compareText(a: string, b: string): -1 | 0 | 1 {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
