import { suggestionParts } from "@/components/report/suggestion";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Command } from "@/components/ui/command";
import type { IconName } from "@/components/ui/icon";
import type { Severity } from "@/lib/extension/findings/finding-rule";
import type { FindingSection } from "@/lib/extension/findings/finding-sections";

const SEVERITIES: Record<Severity, { tone: BadgeTone; icon: IconName }> = {
  error: { tone: "danger", icon: "x-circle" },
  warning: { tone: "warning", icon: "warning" },
  info: { tone: "neutral", icon: "info" },
};

/** The documentation of one finding. Its anchor is the finding's code. */
export function FindingSectionView({ section }: { section: FindingSection }) {
  const { code, title, severity, notes, why, example, fix } = section;
  const { text, command } = suggestionParts(fix);
  return (
    <article
      id={code}
      className="scroll-mt-20 space-y-2 py-5 target:rounded-lg target:bg-accent-soft target:px-4"
    >
      <h3 className="text-lg font-semibold">
        <a href={`#${code}`} className="hover:underline">
          {title}
        </a>
      </h3>
      <div className="flex flex-wrap items-center gap-2">
        <code className="font-mono text-sm break-all text-ink-soft">{code}</code>
        <SeverityBadge preset="sdk" severity={severity.sdk} />
        <SeverityBadge preset="docker" severity={severity.docker} />
      </div>
      {notes.length > 0 ? <p className="text-sm text-ink-soft">{notes.join(" ")}</p> : null}
      <p className="text-pretty">{why}</p>
      <blockquote className="border-s-4 border-line ps-3 text-pretty break-words text-ink-soft">
        {example}
      </blockquote>
      <p className="text-pretty break-words">{text}</p>
      {command ? <Command command={command} label={`Copy the fix for: ${title}`} /> : null}
    </article>
  );
}

function SeverityBadge({ preset, severity }: { preset: string; severity: Severity }) {
  const { tone, icon } = SEVERITIES[severity];
  return (
    <Badge tone={tone} icon={icon}>
      {preset}: {severity}
    </Badge>
  );
}
