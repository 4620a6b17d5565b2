import { Time } from "@/components/ui/time";
import type { BrokenLink } from "@/lib/marketplace/broken-links/broken-links";

/** Broken links: each with its label, the reason, and since when. */
export function BrokenLinkList({ deadMedia }: { deadMedia: readonly BrokenLink[] }) {
  return (
    <ul className="my-1 list-disc space-y-1 ps-5">
      {deadMedia.map(({ name, label, tag, why, since }) => (
        <li key={`${label} ${name} ${tag}`}>
          <bdi>{capitalized(name)}</bdi> of {tag} (<code className="font-mono break-words">{label}</code>):{" "}
          {why}, since <Time at={since} />.
        </li>
      ))}
    </ul>
  );
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
