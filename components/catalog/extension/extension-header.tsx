import { ExtensionIcon } from "@/components/catalog/extension/extension-icon";
import { PublisherName } from "@/components/catalog/extension/publisher-name";
import { Badge } from "@/components/ui/badge";
import type { ExtensionSummary } from "@/lib/catalog/documents/documents";
import { CATEGORIES, isCategory } from "@/lib/extension/labels/categories";

type ExtensionHeaderProps = {
  extension: ExtensionSummary;
  /** The version that the page shows. */
  tag?: string;
};

export function ExtensionHeader({ extension, tag }: ExtensionHeaderProps) {
  const title = extension.title ?? extension.repository;
  return (
    <header className="flex items-start gap-4 sm:gap-5">
      <ExtensionIcon icon={extension.icon} title={title} size="large" />
      <div className="min-w-0">
        <h1 className="text-2xl font-semibold tracking-tight text-balance break-words sm:text-3xl">
          <bdi>{title}</bdi>
          {tag ? <span className="text-ink-soft"> {tag}</span> : null}
        </h1>
        <PublisherName summary={extension} className="mt-0.5 text-ink-soft" />
        <p className="mt-0.5 font-mono text-sm break-all text-ink-soft select-all">{extension.repository}</p>
        {extension.description ? (
          <p className="mt-2 max-w-2xl text-pretty">
            <bdi>{extension.description}</bdi>
          </p>
        ) : null}
        {extension.categories.length > 0 ? (
          <ul aria-label="Categories" className="mt-3 flex flex-wrap gap-2">
            {extension.categories.filter(isCategory).map((category) => (
              <li key={category}>
                <Badge>{CATEGORIES[category]}</Badge>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </header>
  );
}
