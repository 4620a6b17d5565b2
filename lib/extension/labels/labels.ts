import type { Finding } from "@/lib/extension/findings/finding";
import type { FindingCode } from "@/lib/extension/findings/finding-codes";
import { createFindingList, type FindingList } from "@/lib/extension/findings/finding-list";
import { isCategory, meantCategory } from "@/lib/extension/labels/categories";
import { type BoundedLabels, boundLabels } from "@/lib/extension/labels/label-limits";
import {
  type Link,
  readAdditionalUrls,
  readScreenshots,
  type Screenshot,
} from "@/lib/extension/labels/label-lists";
import { LABELS, wrongLabelName } from "@/lib/extension/labels/label-names";
import { reportStyle } from "@/lib/extension/labels/label-style";
import { buildArgumentIn, manyLines, oneLine } from "@/lib/extension/labels/label-text";
import { readWebLink } from "@/lib/extension/labels/web-link";
import { hasHiddenCharacters, hiddenCharactersIn, isBlank } from "@/lib/extension/text/hidden-characters";
import { beginning } from "@/lib/extension/text/shorten";

/** The extension's labels, trimmed and parsed; null where absent or unusable (a finding says so). */
export type ExtensionLabels = {
  title: string | null;
  description: string | null;
  vendor: string | null;
  /** The api.version label exactly as written. */
  apiVersion: string | null;
  icon: string | null;
  screenshots: Screenshot[];
  /** Untrusted HTML or text; sanitize it before display. So is `changelog`. */
  detailedDescription: string | null;
  publisherUrl: string | null;
  changelog: string | null;
  additionalUrls: Link[];
  accountRequired: boolean;
  /** Known values only, in label order. */
  categories: string[];
  licenses: string | null;
  source: string | null;
};

const MAX_CHARACTERS = { title: 200, vendor: 200, description: 1000, licenses: 200 } as const;

/** Further values are ignored; there are only twelve categories. */
const MAX_CATEGORY_VALUES = 50;

/**
 * Reads the labels of one platform's image config. Never throws: an unusable value is null or omitted, with a finding
 * (severity of the preset `sdk`). A missing or blank api.version label is `requirement_missing`; `parseRequirement`
 * decides whether a present one is valid. `repository`, where known, tells a title from the name of the repository.
 */
export function readLabels(
  labels: Record<string, string>,
  repository?: string,
): { labels: ExtensionLabels; findings: Finding[] } {
  const findings = createFindingList();
  const reader: LabelReader = { labels: boundLabels(labels, findings), findings };
  reportNames(reader);
  const icon = required(reader, LABELS.icon, "icon_label_missing");
  const screenshots = required(reader, LABELS.screenshots, "screenshots_missing");
  const publisherUrl = required(reader, LABELS.publisherUrl, "publisher_url_missing");
  const additionalUrls = manyLines(raw(reader, LABELS.additionalUrls) ?? "");
  const title = line(reader, LABELS.title, "title_missing", MAX_CHARACTERS.title);
  const description = line(reader, LABELS.description, "description_missing", MAX_CHARACTERS.description);
  reportStyle({ title, description, icon }, { labels: reader.labels.values, repository }, findings);
  return {
    labels: {
      title,
      description,
      vendor: line(reader, LABELS.vendor, "vendor_missing", MAX_CHARACTERS.vendor),
      apiVersion: requirement(reader),
      icon: link(reader, LABELS.icon, icon),
      screenshots: screenshotList(reader, screenshots),
      detailedDescription: required(reader, LABELS.detailedDescription, "detailed_description_missing"),
      publisherUrl: link(reader, LABELS.publisherUrl, publisherUrl),
      changelog: required(reader, LABELS.changelog, "changelog_missing"),
      additionalUrls: additionalUrls === "" ? [] : readAdditionalUrls(additionalUrls, findings),
      accountRequired: accountRequired(reader),
      categories: categories(reader),
      licenses: shortened(oneLine(raw(reader, LABELS.licenses) ?? ""), MAX_CHARACTERS.licenses),
      source: sourceLink(raw(reader, LABELS.source)),
    },
    findings: findings.toArray(),
  };
}

type LabelReader = { labels: BoundedLabels; findings: FindingList };

function reportNames({ labels, findings }: LabelReader): void {
  for (const name of labels.values.keys()) {
    const wrong = wrongLabelName(name);
    if (wrong === undefined) continue;
    findings.add(wrong.problem === "obsolete" ? "label_obsolete" : "label_mistyped", {
      label: name,
      meant: wrong.meant,
    });
  }
}

function raw({ labels }: LabelReader, name: string): string | undefined {
  return labels.values.get(name);
}

/** The label's text without hidden characters; null, with the finding `code`, when nothing in it is visible. */
function required(reader: LabelReader, name: string, code: FindingCode): string | null {
  const value = raw(reader, name);
  const text = manyLines(value ?? "");
  if (isBlank(text)) {
    const state = value === undefined ? "missing" : value.trim() === "" ? "empty" : "blank";
    // An over-long label is present; it has its own finding.
    if (!reader.labels.ignored.has(name)) reader.findings.add(code, { label: name, state });
    return null;
  }
  if (value !== undefined && hasHiddenCharacters(value))
    reader.findings.add("label_characters", { label: name, characters: hiddenCharactersIn(value) });
  return text;
}

function line(reader: LabelReader, name: string, code: FindingCode, maxCharacters: number): string | null {
  const text = required(reader, name, code);
  if (text === null) return null;
  reportBuildArgument(reader, name, text);
  return shortened(oneLine(text), maxCharacters);
}

function link(reader: LabelReader, name: string, text: string | null): string | null {
  if (text === null) return null;
  reportBuildArgument(reader, name, text);
  return readWebLink(text, name, reader.findings) ?? null;
}

function reportBuildArgument(reader: LabelReader, name: string, text: string): void {
  const value = buildArgumentIn(text);
  if (value !== undefined) reader.findings.add("label_unresolved", { label: name, value });
}

function requirement(reader: LabelReader): string | null {
  const value = raw(reader, LABELS.apiVersion);
  required(reader, LABELS.apiVersion, "requirement_missing");
  return value ?? null;
}

function screenshotList(reader: LabelReader, text: string | null): Screenshot[] {
  if (text === null) return [];
  if (/^\[\s*\]$/.test(text)) {
    reader.findings.add("screenshots_missing", { label: LABELS.screenshots, state: "empty" });
    return [];
  }
  return readScreenshots(text, reader.findings);
}

/** `required` is the documented value, `true` is in use. */
function accountRequired(reader: LabelReader): boolean {
  const value = oneLine(raw(reader, LABELS.accountInfo) ?? "").toLowerCase();
  if (!["", "required", "false", "none", "no"].includes(value))
    reader.findings.add("account_info_unknown", { label: LABELS.accountInfo, value });
  return value === "required" || value === "true";
}

function categories(reader: LabelReader): string[] {
  const text = required(reader, LABELS.categories, "categories_missing");
  const values = (text ?? "")
    .split(",", MAX_CATEGORY_VALUES)
    .map(oneLine)
    .filter((value) => value !== "");
  for (const value of new Set(values)) {
    if (isCategory(value)) continue;
    reader.findings.add("category_unknown", {
      label: LABELS.categories,
      value,
      meant: meantCategory(value) ?? null,
    });
  }
  return [...new Set(values.filter(isCategory))];
}

/** Only web URLs are shown; `git@…` and the like are ignored silently, because the label is optional. */
function sourceLink(text: string | undefined): string | null {
  return text === undefined ? null : (readWebLink(text, LABELS.source, createFindingList()) ?? null);
}

function shortened(text: string, maxCharacters: number): string | null {
  if (text === "") return null;
  return text.length > maxCharacters ? `${beginning(text, maxCharacters - 1).trimEnd()}…` : text;
}
