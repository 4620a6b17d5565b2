import { Icon } from "@/components/ui/icon";
import type { ExtensionDocument } from "@/lib/catalog/documents/documents";

/** The publisher's links to other sites, each with its host. */
export function LinkList({ links }: Pick<ExtensionDocument, "links">) {
  return (
    <ul className="space-y-1">
      {links.map(({ title, url }) => (
        <li key={`${title} ${url}`}>
          <a
            href={url}
            rel="nofollow ugc noopener noreferrer"
            className="flex min-h-9 items-center gap-2 text-accent hover:text-accent-strong"
          >
            <Icon name="external" className="size-4" />
            <span className="min-w-0">
              <span className="underline underline-offset-2">
                <bdi>{title}</bdi>
              </span>{" "}
              <span className="text-sm break-all text-ink-soft">{hostOf(url)}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}
