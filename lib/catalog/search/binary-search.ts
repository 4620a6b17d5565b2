/**
 * Binary search: the first index in `[from, length)` for which `is` holds; `length` when there is none. Where `is` holds
 * once, it holds for every later index.
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
