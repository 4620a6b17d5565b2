import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { FindingCode } from "@/lib/extension/findings/finding-codes";
import type { Evidence } from "@/lib/extension/findings/finding-rule";

/** Most findings of one code in one list; a hostile document could earn a hundred thousand. */
export const MAX_FINDINGS_PER_CODE = 20;

/** Findings as they are made, in order, bounded per code. */
export type FindingList = {
  add: (code: FindingCode, evidence?: Evidence) => void;
  /** What was found; where findings of a code were left out, its last one says how many in evidence `more`. */
  toArray: () => Finding[];
};

export function createFindingList(): FindingList {
  const findings: Finding[] = [];
  const counts = new Map<FindingCode, number>();
  return {
    add(code, evidence = {}) {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count <= MAX_FINDINGS_PER_CODE) findings.push(makeFinding(code, evidence));
    },
    toArray: () =>
      findings.map((finding, index) => {
        const more = (counts.get(finding.code) ?? 0) - MAX_FINDINGS_PER_CODE;
        const isLast = findings.findLastIndex(({ code }) => code === finding.code) === index;
        if (more <= 0 || !isLast) return finding;
        return {
          ...finding,
          message: `${finding.message} There are ${more} more of this kind.`,
          evidence: { ...finding.evidence, more },
        };
      }),
  };
}
