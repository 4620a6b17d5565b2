import { FoldedRows } from "@/components/ui/fold";
import { Time } from "@/components/ui/time";
import type { BrokenLink } from "@/lib/marketplace/broken-links/broken-links";

/** Broken links: each with its label, the reason, and since when. */
export function BrokenLinkList({ deadMedia }: { deadMedia: readonly BrokenLink[] }) {
  return (
    <div className="my-1 space-y-1">
      <FoldedRows rows={deadMedia} more={(count) => `Show ${count} more`}>
        {(rows) => (
          <ul className="list-disc space-y-1 ps-5">
            {rows.map(({ name, label, tag, why, since }) => (
              <li key={`${label} ${name} ${tag}`}>
                <bdi>{capitalized(name)}</bdi> of {tag} (
                <code className="font-mono break-words">{label}</code>): {why}, since <Time at={since} />.
              </li>
            ))}
          </ul>
        )}
      </FoldedRows>
    </div>
  );
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
