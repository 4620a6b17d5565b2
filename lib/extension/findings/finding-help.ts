import type { FindingCode } from "@/lib/extension/findings/finding-codes";

/** Where a code is explained, as an address on this server. */
export function findingHelp(code: FindingCode): string {
  return `/docs/findings#${code}`;
}
