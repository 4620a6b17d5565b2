import { clsx } from "clsx";
import { Icon } from "@/components/ui/icon";
import type { ExtensionSummary } from "@/lib/catalog/documents/documents";

type PublisherNameProps = { summary: Pick<ExtensionSummary, "vendor" | "publisher">; className?: string };

/** The name that the image claims, with a check mark if the publisher has proven that they own the namespace. */
export function PublisherName({ summary: { vendor, publisher }, className }: PublisherNameProps) {
  return (
    <p className={clsx("flex min-w-0 items-center gap-1", className)}>
      <bdi className="truncate">{vendor ?? publisher.name}</bdi>
      {publisher.verified ? (
        <Icon name="badge-check" label="Verified publisher" className="size-4 text-accent" />
      ) : null}
    </p>
  );
}
