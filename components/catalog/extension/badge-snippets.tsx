import { Command } from "@/components/ui/command";
import { Icon } from "@/components/ui/icon";

type BadgeSnippetsProps = {
  /** The familiar name. */
  repository: string;
  title: string;
  /** How the outside calls this instance. */
  origin: string;
};

const KINDS = [
  { kind: "version", alt: "version" },
  { kind: "compatibility", alt: "compatibility with Docker Desktop" },
  { kind: "platforms", alt: "platforms" },
] as const;

/** Badges as they look now, with what to paste into a README. */
export function BadgeSnippets({ repository, title, origin }: BadgeSnippetsProps) {
  const path = `/api/v1/extensions/${repository}/-/badge.svg`;
  const page = `${origin}/extensions/${repository}`;
  return (
    <div className="space-y-4">
      {KINDS.map(({ kind, alt }) => {
        const image = `${origin}${path}?kind=${kind}`;
        const text = `${plain(title)} ${alt}`;
        return (
          <details key={kind} className="group min-w-0">
            <summary className="inline-flex min-h-9 items-center gap-1.5">
              <Icon name="chevron-right" className="size-4 text-ink-soft group-open:rotate-90" />
              {/* biome-ignore lint/performance/noImgElement: an SVG of this origin; nothing to optimise */}
              <img src={`${path}?kind=${kind}`} alt={text} height={20} />
            </summary>
            <div className="mt-2 space-y-2 text-sm">
              <p>Markdown</p>
              <Command
                command={`[![${text}](${image})](${page})`}
                label={`Copy the Markdown of the ${kind} badge`}
              />
              <p>HTML</p>
              <Command
                command={`<a href="${page}"><img src="${image}" alt="${text}"></a>`}
                label={`Copy the HTML of the ${kind} badge`}
              />
            </div>
          </details>
        );
      })}
    </div>
  );
}

/** Without the characters that end or open something in Markdown or HTML: people paste this into files of theirs. */
function plain(title: string): string {
  return title.replace(/[^\p{L}\p{N} .,+-]/gu, "").trim();
}
