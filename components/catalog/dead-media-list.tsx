import { Time } from "@/components/ui/time";
import type { DeadMedia } from "@/lib/marketplace/dead-media/dead-media";

/** Each address in a sentence: which one it is, what its server says, since when. */
export function DeadMediaList({ deadMedia }: { deadMedia: readonly DeadMedia[] }) {
  return (
    <ul className="my-1 list-disc space-y-1 ps-5">
      {deadMedia.map(({ name, label, tag, why, since }) => (
        <li key={`${label} ${name} ${tag}`}>
          The {name} of {tag} (<code className="font-mono break-all">{label}</code>): {why}, since{" "}
          <Time at={since} />.
        </li>
      ))}
    </ul>
  );
}
