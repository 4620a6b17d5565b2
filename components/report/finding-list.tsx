import {
  byCode,
  type FindingGroup,
  type FindingGroupKind,
  groupFindings,
} from "@/components/report/finding-groups";
import { suggestionParts } from "@/components/report/suggestion";
import { Command } from "@/components/ui/command";
import { DefinitionList } from "@/components/ui/definition-list";
import { FoldedRows } from "@/components/ui/fold";
import { Icon, type IconName } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { Finding } from "@/lib/extension/findings/finding";
import { findingHelp, findingRule } from "@/lib/extension/findings/finding-codes";

type FindingListProps = {
  findings: readonly Finding[];
  /** Also show the evidence, for reviewers. */
  evidence?: boolean;
};

const GROUPS: Record<FindingGroupKind, { title: string; icon: IconName; ink: string }> = {
  needs_you: { title: "To fix", icon: "x-circle", ink: "text-danger" },
  our_problem: { title: "Couldn’t be checked", icon: "question", ink: "text-info" },
  could_be_better: { title: "Warnings", icon: "warning", ink: "text-warning" },
  good_to_know: { title: "Good to know", icon: "info", ink: "text-ink-soft" },
};

/** Findings, grouped by who has to act. Renders nothing without findings. */
export function FindingList({ findings, evidence = false }: FindingListProps) {
  return (
    <div className="space-y-6">
      {groupFindings(findings).map((group) => (
        <Group key={group.kind} group={group} evidence={evidence} />
      ))}
    </div>
  );
}

function Group({ group, evidence }: { group: FindingGroup; evidence: boolean }) {
  const { title, icon, ink } = GROUPS[group.kind];
  return (
    <section aria-labelledby={`findings-${group.kind}`}>
      <h3 id={`findings-${group.kind}`} className="flex items-center gap-2 font-semibold">
        <Icon name={icon} className={`size-5 ${ink}`} />
        {title} <span className="font-normal text-ink-soft">({group.findings.length})</span>
      </h3>
      <div className="mt-2 space-y-2">
        <FoldedRows rows={byCode(group.findings)} more={(count) => `Show ${count} more kinds of findings`}>
          {(rows) => (
            <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
              {rows.map((findings) => (
                <li
                  key={findings[0]?.code}
                  id={`finding-${group.kind}-${findings[0]?.code}`}
                  className="scroll-mt-20 space-y-2 px-4 py-3 sm:px-5"
                >
                  <FindingsOfOneCode findings={findings} evidence={evidence} />
                </li>
              ))}
            </ul>
          )}
        </FoldedRows>
      </div>
    </section>
  );
}

/** The title once, then each finding; a fix that all of them share comes last. */
function FindingsOfOneCode({ findings, evidence }: { findings: readonly Finding[]; evidence: boolean }) {
  const [first] = findings;
  if (first === undefined) return null;
  const title = findingRule(first.code).title;
  const isShared = findings.every(({ suggestion }) => suggestion === first.suggestion);
  return (
    <>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h4 className="font-semibold">
          {title}{" "}
          {findings.length > 1 ? (
            <span className="font-normal text-ink-soft">({findings.length})</span>
          ) : null}
        </h4>
        <Link href={findingHelp(first.code)} className="text-sm font-normal">
          Learn more<span className="sr-only">: {title}</span>
        </Link>
      </div>
      <FoldedRows rows={findings} more={(count) => `Show ${count} more`}>
        {(rows) =>
          rows.map((finding) => (
            <div key={JSON.stringify(finding.evidence)} className="space-y-1">
              <p className="text-pretty break-words">{finding.message}</p>
              {isShared ? null : <Fix finding={finding} title={title} />}
              {evidence ? <Evidence finding={finding} /> : null}
            </div>
          ))
        }
      </FoldedRows>
      {isShared ? <Fix finding={first} title={title} /> : null}
    </>
  );
}

function Fix({ finding: { suggestion }, title }: { finding: Finding; title: string }) {
  const { text, command } = suggestionParts(suggestion);
  return (
    <>
      <p className="text-sm text-pretty break-words text-ink-soft">{text}</p>
      {command ? <Command command={command} label={`Copy the fix for: ${title}`} /> : null}
    </>
  );
}

function Evidence({ finding: { code, evidence } }: { finding: Finding }) {
  const facts = Object.entries(evidence).filter(([, value]) => value !== null);
  return (
    <details className="text-sm">
      <summary className="inline-flex min-h-9 items-center text-ink-soft underline decoration-1 underline-offset-2 hover:text-ink">
        Details
      </summary>
      <div className="mt-1 rounded-md bg-sunken px-3 py-2">
        <DefinitionList
          items={[
            { term: "code", details: <code className="font-mono">{code}</code> },
            ...facts.map(([term, value]) => ({
              term,
              details: <code className="font-mono break-all whitespace-pre-wrap">{String(value)}</code>,
            })),
          ]}
        />
      </div>
    </details>
  );
}
