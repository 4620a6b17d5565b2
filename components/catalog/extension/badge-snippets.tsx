import { Command } from "@/components/ui/command";
import { Icon } from "@/components/ui/icon";

type BadgeSnippetsProps = {
  /** The familiar name. */
  repository: string;
  title: string;
  /** The public URL of this instance. */
  origin: string;
};

const KINDS = [
  { kind: "version", alt: "version" },
  { kind: "compatibility", alt: "compatibility with Docker Desktop" },
  { kind: "platforms", alt: "platforms" },
] as const;

/** The badges, each with the Markdown and HTML to paste into a README. */
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
              {/* biome-ignore lint/performance/noImgElement: an SVG of this origin; nothing to optimize */}
              <img src={`${path}?kind=${kind}`} alt={text} height={20} />
            </summary>
            <div className="mt-2 space-y-2 text-sm">
              <p>Markdown</p>
              <Command
                command={`[![${text}](${image})](${page})`}
                label={`Copy the Markdown for the ${kind} badge`}
              />
              <p>HTML</p>
              <Command
                command={`<a href="${page}"><img src="${image}" alt="${text}"></a>`}
                label={`Copy the HTML for the ${kind} badge`}
              />
            </div>
          </details>
        );
      })}
    </div>
  );
}

/** The title without characters that have a meaning in Markdown or HTML, because people paste it into their files. */
function plain(title: string): string {
  return title.replace(/[^\p{L}\p{N} .,+-]/gu, "").trim();
}
