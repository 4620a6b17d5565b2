/** The page of an allow-list entry. `repository`: the familiar name; its host's port needs no escaping in a path. */
export function entryHref(repository: string): string {
  return `/admin/allow-list/${repository}`;
}
