import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import type { FindingCode } from "@/lib/extension/findings/finding-codes";
import type { Evidence } from "@/lib/extension/findings/finding-rule";

/** Maximum findings per code in one list. A hostile document could otherwise produce a hundred thousand. */
export const MAX_FINDINGS_PER_CODE = 20;

/** Collects findings in order, with a limit per code. */
export type FindingList = {
  add: (code: FindingCode, evidence?: Evidence) => void;
  /** The findings. When the limit dropped some of a code, its last one has their number in evidence `more`. */
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
          message: `${finding.message} ${more} more like this were found.`,
          evidence: { ...finding.evidence, more },
        };
      }),
  };
}
