import type { Finding } from "@/lib/extension/findings/finding";
import { makeFinding } from "@/lib/extension/findings/finding";
import { isExtensionLabel, isOwnLabel, LABELS } from "@/lib/extension/labels/label-names";
import { isBlank } from "@/lib/extension/text/hidden-characters";
import { beginning } from "@/lib/extension/text/shorten";

/** There are fourteen labels; further names are mistakes. */
const MAX_NAMES = 32;
/** Only the beginning of a value is shown. */
const MAX_CHARACTERS = 1000;
/** A finding names this many labels, and counts the others. */
const MAX_NAMED = 3;

/** Labels that Docker Desktop shows if present. Tools write the other optional ones as annotations on purpose. */
const SHOWN_IF_PRESENT: readonly string[] = [LABELS.additionalUrls, LABELS.accountInfo];

type Described = { labels: Record<string, string>; annotations: Record<string, string> };

/** The annotations that would describe the extension if they were labels; their values are shortened. */
export function describing(annotations: Record<string, string>): Record<string, string> {
  const own = Object.entries(annotations).filter(
    ([name, value]) => (isOwnLabel(name) || isExtensionLabel(name)) && !isBlank(value),
  );
  return Object.fromEntries(
    own.slice(0, MAX_NAMES).map(([name, value]) => [name, beginning(value, MAX_CHARACTERS)]),
  );
}

/**
 * Replaces the findings that labels are missing by one finding, as far as annotations have their values: Docker Desktop
 * reads labels only.
 */
export function explainedByAnnotations(
  findings: readonly Finding[],
  { labels, annotations }: Described,
): Finding[] {
  const explained = findings.filter(({ evidence }) => {
    const { label, state } = evidence;
    return typeof label === "string" && typeof state === "string" && Object.hasOwn(annotations, label);
  });
  const missing = explained.map(({ evidence }) => String(evidence.label));
  const optional = SHOWN_IF_PRESENT.filter(
    (name) => Object.hasOwn(annotations, name) && !Object.hasOwn(labels, name),
  );
  const names = [...new Set([...missing, ...optional])];
  if (names.length === 0) return [...findings];
  const [first = ""] = names;
  const finding = makeFinding(codeFor(explained), {
    label: first,
    value: annotations[first] ?? "",
    labels: listed(names),
    count: names.length,
  });
  return [finding, ...findings.filter((each) => !explained.includes(each))];
}

/** The finding is as severe as the most severe one that it replaces. */
function codeFor(explained: readonly Finding[]) {
  if (explained.some(({ severity }) => severity === "error")) return "labels_are_annotations";
  return explained.length > 0 ? "descriptive_labels_are_annotations" : "optional_labels_are_annotations";
}

function listed(names: readonly string[]): string {
  const named = names.slice(0, MAX_NAMED).join(", ");
  const others = names.length - MAX_NAMED;
  return others > 0 ? `${named} and ${others} more` : named;
}
