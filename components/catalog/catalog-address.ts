import type { Sort } from "@/lib/catalog/listing/list-order";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";

/** The query in the URL of the catalog page. */
export type CatalogQuery = {
  q?: string | undefined;
  category?: string | undefined;
  publisher?: string | undefined;
  /** A capability of the extension. */
  capability?: string | undefined;
  platform?: string | undefined;
  /** Only extensions that the chosen Docker Desktop can install. */
  fits?: boolean | undefined;
  sort?: Sort | undefined;
  cursor?: string | undefined;
  /** Only set when URLs must carry it because the visitor's cookie differs. */
  host?: HostChoice | undefined;
};

export type Parameter = { name: string; value: string };

/** The query as URL parameters, without empty ones. */
export function catalogParameters(query: CatalogQuery): Parameter[] {
  const { q, category, publisher, capability, platform, fits, sort, cursor, host } = query;
  const all: [string, string | undefined][] = [
    ["q", q],
    ["category", category],
    ["publisher", publisher],
    ["capability", capability],
    ["platform", platform],
    ["fits", fits ? "1" : undefined],
    ["sort", sort],
    ["cursor", cursor],
    ...Object.entries(hostParameters(host)),
  ];
  return all.flatMap(([name, value]) => (value ? [{ name, value }] : []));
}

export function catalogHref(query: CatalogQuery): string {
  return withParameters("/", catalogParameters(query));
}

/** `repository` is the familiar name. The port of its host needs no escaping in a path. */
export function extensionHref(repository: string, host: HostChoice | undefined): string {
  return withParameters(`/extensions/${repository}`, pairs(hostParameters(host)));
}

export function versionHref(repository: string, tag: string, host: HostChoice | undefined): string {
  return withParameters(`/extensions/${repository}/-/versions/${tag}`, pairs(hostParameters(host)));
}

function hostParameters(host: HostChoice | undefined): Record<string, string> {
  return host === undefined ? {} : { desktop: host.desktop, arch: host.architecture };
}

function pairs(record: Record<string, string>): Parameter[] {
  return Object.entries(record).map(([name, value]) => ({ name, value }));
}

function withParameters(path: string, parameters: readonly Parameter[]): string {
  const search = new URLSearchParams(parameters.map(({ name, value }) => [name, value]));
  return search.size === 0 ? path : `${path}?${search}`;
}
