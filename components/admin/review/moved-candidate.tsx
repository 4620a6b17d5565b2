import type { FormState } from "@/components/ui/form-state";
import type { CapabilityChange } from "@/lib/extension/capabilities/named-capabilities";

/** How the candidate changed while the reviewer read the case. */
export type Moved = {
  from: string;
  tag: string | null;
  digest: string | null;
  /** Capabilities gained and lost; undefined when unknown. */
  changes: CapabilityChange[] | undefined;
};

export type DecisionState = FormState & { moved?: Moved };

/** The image that the reviewer saw, the image now, and how their capabilities differ. */
export function MovedCandidate({ moved }: { moved: Moved }) {
  const facts = [
    { term: "You reviewed", details: <code className="font-mono break-all">{moved.from}</code> },
    {
      term: moved.tag ? `Now ${moved.tag}` : "Now",
      details: <code className="font-mono break-all">{moved.digest ?? "unknown"}</code>,
    },
    { term: "Access", details: changesText(moved.changes) },
  ];
  return (
    <dl className="space-y-1 text-sm">
      {facts.map(({ term, details }) => (
        <div key={term}>
          <dt className="inline font-medium">{term}: </dt>
          <dd className="inline">{details}</dd>
        </div>
      ))}
    </dl>
  );
}

function changesText(changes: CapabilityChange[] | undefined): string {
  if (changes === undefined) return "unknown, compare below";
  if (changes.length === 0) return "unchanged";
  return changes.map(({ change, words }) => `${change === "added" ? "+" : "−"} ${words}`).join("; ");
}
