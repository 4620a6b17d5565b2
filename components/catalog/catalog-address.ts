import type { Sort } from "@/lib/catalog/listing/list-order";
import type { HostChoice } from "@/lib/catalog/queries/host-choice";

/** What the address of the catalog's first page says. */
export type CatalogQuery = {
  q?: string | undefined;
  category?: string | undefined;
  publisher?: string | undefined;
  /** Something that the extension does. */
  capability?: string | undefined;
  platform?: string | undefined;
  /** Only what the chosen Docker Desktop is offered. */
  fits?: boolean | undefined;
  sort?: Sort | undefined;
  cursor?: string | undefined;
  /** Only when it has to travel in addresses: the visitor's cookie says something else. */
  host?: HostChoice | undefined;
};

export type Parameter = { name: string; value: string };

/** The query as it stands in an address; what says nothing is left out. */
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

/** `repository`: the familiar name. Its host's port needs no escaping in a path. */
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
