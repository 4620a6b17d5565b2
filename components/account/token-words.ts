/** `1 API token`, `3 API tokens`. */
export function tokensInWords(count: number): string {
  return count === 1 ? "1 API token" : `${count} API tokens`;
}
