/** The policy's severity of each finding as form fields, and back. */

import { readField } from "@/app/_forms/form-data";
import type { SeverityRow } from "@/components/admin/policy/policy-form";
import { FINDINGS, findingRule, isFindingCode } from "@/lib/extension/findings/finding-codes";
import type { Policy } from "@/lib/extension/policy/policy";

const PREFIX = "severity:";

export function severityRows({ preset, severities }: Policy): SeverityRow[] {
  const codes = Object.keys(FINDINGS).filter(isFindingCode).sort();
  return codes.map((code) => {
    const { title, severity, fixed } = findingRule(code);
    return {
      code,
      field: `${PREFIX}${code}`,
      title,
      byPreset: severity[preset],
      response: severities[code] ?? "",
      fixed: fixed === true,
    };
  });
}

export function readSeverities(form: FormData): Record<string, string> {
  const sent = [...form.keys()].filter((name) => name.startsWith(PREFIX));
  const pairs = sent.map((name) => [name.slice(PREFIX.length), readField(form, name)]);
  return Object.fromEntries(pairs.filter(([, response]) => response !== ""));
}
