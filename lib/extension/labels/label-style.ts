import type { FindingList } from "@/lib/extension/findings/finding-list";
import { isDefaultIcon } from "@/lib/extension/labels/default-icon";
import { BASE_IMAGE_LABELS, isOwnLabel, LABELS } from "@/lib/extension/labels/label-names";
import { type TitleOrigin, titleOrigin } from "@/lib/extension/labels/title-origin";
import { plainTitle, saysExtension } from "@/lib/extension/labels/title-words";

/** Cards truncate longer texts. */
const COMFORTABLE = { title: 50, description: 200 } as const;

/** This many foreign labels come from the base image, not from a mistake. */
const INHERITED = 6;

const OCI = "org.opencontainers.image.";

type Shown = { title: string | null; description: string | null; icon: string | null };

type Context = { labels: ReadonlyMap<string, string>; repository: string | undefined };

/** Suggests improvements for labels that are otherwise valid. */
export function reportStyle(shown: Shown, context: Context, findings: FindingList): void {
  const origin = shown.title === null ? undefined : titleOrigin(shown.title, context);
  reportTitle(shown.title, origin, findings);
  const length = [...(shown.description ?? "")].length;
  if (length > COMFORTABLE.description) {
    findings.add("description_long", {
      label: LABELS.description,
      count: length,
      limit: COMFORTABLE.description,
    });
  }
  if (shown.icon !== null && isDefaultIcon(shown.icon)) {
    findings.add("icon_default", { label: LABELS.icon, value: withoutQuery(shown.icon) });
  }
  // A title from the base image already says that its labels are inherited.
  if (origin?.kind !== "base_image") reportInherited([...context.labels.keys()], findings);
}

function reportTitle(title: string | null, origin: TitleOrigin | undefined, findings: FindingList): void {
  if (title === null) return;
  const length = [...title].length;
  if (length > COMFORTABLE.title) {
    findings.add("title_long", { label: LABELS.title, count: length, limit: COMFORTABLE.title });
  }
  const evidence = { label: LABELS.title, value: title };
  switch (origin?.kind) {
    case "repository":
      findings.add("title_from_repository", {
        ...evidence,
        repository: origin.repository,
        meant: plainTitle(title),
      });
      return;
    case "base_image":
      findings.add("title_from_base_image", { ...evidence, image: origin.image });
      return;
    case undefined:
      if (saysExtension(title))
        findings.add("title_says_extension", { ...evidence, meant: plainTitle(title) });
  }
}

function reportInherited(names: string[], findings: FindingList): void {
  const foreign = names.filter(
    (name) => !isOwnLabel(name) && !name.startsWith("com.docker.") && !name.startsWith(OCI),
  );
  const base = names.find((name) => BASE_IMAGE_LABELS.includes(name));
  const example = base ?? foreign[0];
  if (example === undefined || (base === undefined && foreign.length < INHERITED)) return;
  findings.add("labels_inherited", { label: example, count: Math.max(foreign.length, 1) });
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/s, "");
}
