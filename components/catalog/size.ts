/** `12.4 MB`, as registries and Docker count: in powers of ten. */
export function spokenSize(sizeBytes: number): string {
  if (sizeBytes < 1_000) return `${sizeBytes} B`;
  const [unit, divisor] = sizeBytes < 1_000_000 ? ["kB", 1_000] : sizeBytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  const amount = sizeBytes / divisor;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}
