import type { FindingList } from "@/lib/extension/findings/finding-list";
import { type JsonObject, type JsonValue, readJsonText } from "@/lib/extension/json/json-text";
import { LABELS } from "@/lib/extension/labels/label-names";
import { oneLine } from "@/lib/extension/labels/label-text";
import { readWebLink } from "@/lib/extension/labels/web-link";
import { isBlank } from "@/lib/extension/text/hidden-characters";
import { beginning } from "@/lib/extension/text/shorten";

export type Screenshot = { url: string; alt: string };
export type Link = { title: string; url: string };

const LIST_LIMITS = { screenshots: 12, additionalUrls: 20 } as const;

/** These labels need no deeper nesting. */
const MAX_DEPTH = 8;
const MAX_CAPTION_CHARACTERS = 300;

/** Parses the screenshots label: a JSON array of `{alt, url}` in display order, at most 12. */
export function readScreenshots(text: string, findings: FindingList): Screenshot[] {
  const list = readList(text);
  if (!list.ok) {
    findings.add("screenshots_unreadable", { label: LABELS.screenshots, why: list.why });
    return [];
  }
  const usable = list.items.flatMap((item, index) => readScreenshot(item, index + 1, findings));
  if (usable.length > LIST_LIMITS.screenshots) {
    findings.add("screenshots_too_many", { count: list.items.length, limit: LIST_LIMITS.screenshots });
  }
  return usable.slice(0, LIST_LIMITS.screenshots);
}

/** Parses the additional-urls label: a JSON array of `{title, url}`, at most 20. */
export function readAdditionalUrls(text: string, findings: FindingList): Link[] {
  const list = readList(text);
  if (!list.ok) {
    findings.add("additional_urls_unreadable", { label: LABELS.additionalUrls, why: list.why });
    return [];
  }
  const usable = list.items.flatMap((item, index) => readLink(item, index + 1, findings));
  if (usable.length > LIST_LIMITS.additionalUrls) {
    findings.add("additional_urls_too_many", { count: list.items.length, limit: LIST_LIMITS.additionalUrls });
  }
  return usable.slice(0, LIST_LIMITS.additionalUrls);
}

type List = { ok: true; items: JsonValue[] } | { ok: false; why: string };

/** Dockerfiles continue lines inside these labels, so line breaks and tabs can occur anywhere. */
function readList(text: string): List {
  const reading = readJsonText(text.replaceAll(/[\r\n\t]+/g, " "), MAX_DEPTH);
  if (!reading.ok) return { ok: false, why: `${reading.why} (at character ${reading.column})` };
  if (Array.isArray(reading.value)) return { ok: true, items: reading.value };
  return { ok: false, why: "it is not a list in square brackets" };
}

function readScreenshot(item: JsonValue, position: number, findings: FindingList): Screenshot[] {
  const url = textOf(item, "url");
  if (url === undefined) {
    findings.add("screenshot_invalid", { position, why: "“url” is missing or not text" });
    return [];
  }
  const usable = readWebLink(url, `${LABELS.screenshots}[${position}]`, findings);
  if (usable === undefined) return [];
  const alt = caption(textOf(item, "alt"));
  if (alt === "") findings.add("screenshot_without_alt", { position });
  return [{ url: usable, alt }];
}

function readLink(item: JsonValue, position: number, findings: FindingList): Link[] {
  const url = textOf(item, "url");
  const title = caption(textOf(item, "title"));
  if (url === undefined || title === "") {
    const missing = url === undefined ? "url" : "title";
    const isCaption = missing === "title" && textOf(item, "alt") !== undefined;
    const hint = isCaption ? "; “alt” applies only to screenshots" : "";
    findings.add("additional_url_invalid", { position, why: `“${missing}” is missing or not text${hint}` });
    return [];
  }
  const usable = readWebLink(url, `${LABELS.additionalUrls}[${position}]`, findings);
  return usable === undefined ? [] : [{ title, url: usable }];
}

function textOf(item: JsonValue, key: string): string | undefined {
  const value = isObject(item) ? item.get(key) : undefined;
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

function caption(text: string | undefined): string {
  const line = oneLine(text ?? "");
  return isBlank(line) ? "" : beginning(line, MAX_CAPTION_CHARACTERS);
}
