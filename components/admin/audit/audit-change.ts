export type Part = {
  /** The name of the field, or `value` if the whole is not an object. */
  name: string;
  /** Undefined if the field was added. */
  before: string | undefined;
  /** Undefined if the field was removed. */
  after: string | undefined;
};

/** The fields that differ between two JSON values of the audit log. */
export function changedParts(before: unknown, after: unknown): Part[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names.flatMap((name) => {
    const part = { name, before: textOf(old[name]), after: textOf(now[name]) };
    return part.before === part.after ? [] : [part];
  });
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  return typeof value === "object" && !Array.isArray(value) ? { ...value } : { value };
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
}
