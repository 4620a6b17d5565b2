/** Matches an email address in a text, but not `disk-lens@sha256:…`. */
const EMAIL_IN_TEXT = /[^\s"'<>()[\]{},;:/@]+@(?!sha\d+:)[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.-]*/gu;
const HIDDEN = "(hidden email address)";

/** A copy of a JSON value in which every email address is replaced, also in keys. */
export function withoutEmails<Value>(value: Value): Value;
export function withoutEmails(value: unknown): unknown {
  if (typeof value === "string") return value.replace(EMAIL_IN_TEXT, HIDDEN);
  if (Array.isArray(value)) return value.map((each) => withoutEmails(each));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([key, field]) => [withoutEmails(key), withoutEmails(field)]);
  return Object.fromEntries(fields);
}
