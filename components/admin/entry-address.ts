/** The page of an allow-list entry. `repository`: the familiar name; its host's port needs no escaping in a path. */
export function entryHref(repository: string): string {
  return `/admin/allow-list/${repository}`;
}

/** The page of one version for those who decide on it. */
export function versionCaseHref(repository: string, tag: string): string {
  return `${entryHref(repository)}/-/versions/${tag}`;
}
