/**
 * Binary search: the first index in `[from, length)` for which `is` holds, or `length`. `is` must be monotonic: once
 * true, it stays true.
 */
export function firstIndex(length: number, is: (index: number) => boolean, from = 0): number {
  let [low, high] = [from, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
