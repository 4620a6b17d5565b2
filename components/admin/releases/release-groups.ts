/** Releases in a row that have the same Extension API version. */
export type ApiGroup<Release> = {
  id: string;
  apiVersion: string | null;
  /** Newest first. */
  releases: Release[];
};

type Grouped = { version: string; apiVersion: string | null };

/** `releases` are newest first, and so are the groups. */
export function groupByApi<Release extends Grouped>(releases: readonly Release[]): ApiGroup<Release>[] {
  const groups: ApiGroup<Release>[] = [];
  for (const release of releases) {
    const last = groups.at(-1);
    if (last !== undefined && last.apiVersion === release.apiVersion) last.releases.push(release);
    else groups.push({ id: release.version, apiVersion: release.apiVersion, releases: [release] });
  }
  return groups;
}

/** `Extension API 0.3.4: 41 releases, 4.17.0 to 4.41.2`. */
export function groupTitle(group: ApiGroup<Grouped>): string {
  const [newest, oldest] = [group.releases.at(0)?.version, group.releases.at(-1)?.version];
  const { length } = group.releases;
  const span = newest === oldest ? newest : `${length} releases, ${oldest} to ${newest}`;
  const words = apiWords(group);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${span}`;
}

export function apiWords({ apiVersion }: Pick<ApiGroup<Grouped>, "apiVersion">): string {
  return apiVersion === null ? "an unknown Extension API" : `Extension API ${apiVersion}`;
}
