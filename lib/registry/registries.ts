import { type EgressRules, hostPortOf } from "@/lib/egress/destination";
import { DOCKER_HUB, looksLikeHost, readRegistryHost } from "@/lib/extension/reference/registry-host";
import { AppError } from "@/lib/platform/errors";
import { singleton } from "@/lib/platform/singleton";

export type RegistryCredentials = { username: string; password: string };

/** One allowed registry: how repositories call it, and where its API is. */
export type RegistryEntry = {
  /** The host part of its repositories: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  host: string;
  /** Scheme, host and port of its API. */
  origin: string;
  /** The operator gave its address as a URL: it may lie on a private address. */
  mayBePrivate: boolean;
  credentials?: RegistryCredentials;
  /** Origins of token servers that may be private and may be shown the credentials, besides the registry's own. */
  tokenOrigins?: string[];
};

/** The allowed registries by the host part of their repositories. */
export type RegistryTable = ReadonlyMap<string, RegistryEntry>;

/** The table in force; filled by the server. */
export const registries = singleton<RegistryTable>("registries");

/**
 * Reads the text of GANTRY_REGISTRIES, items separated by commas:
 * - `ghcr.io`: this registry, over https, on a public address
 * - `http://127.0.0.1:5000`, `https://registry.corp.example`: this host, also on a private address; `http:` without TLS
 * - `docker.io=http://127.0.0.1:5005`: repositories of docker.io are read from that host
 *
 * The last form wins over a bare name for the same host. Throws `configuration`, naming the item.
 */
export function parseRegistries(text: string): RegistryTable {
  const table = new Map<string, RegistryEntry>();
  for (const item of text.split(",").map((each) => each.trim())) {
    if (item !== "") add(table, readItem(item), item);
  }
  return table;
}

/** The text of GANTRY_REGISTRIES that stands for `table`, without credentials. */
export function formatRegistries(table: RegistryTable): string {
  return [...table.values()].map(formatItem).join(",");
}

function formatItem({ host, origin, mayBePrivate }: RegistryEntry): string {
  if (!mayBePrivate) return host;
  return URL.parse(origin)?.host === host ? origin : `${host}=${origin}`;
}

/** Whether repositories on this host may be read at all. */
export function allows(table: RegistryTable, host: string): boolean {
  return table.has(host);
}

/** The same table with credentials for one host, such as those that an administrator stored. */
export function withCredentials(
  table: RegistryTable,
  host: string,
  credentials: RegistryCredentials,
  tokenOrigins: string[] = [],
): RegistryTable {
  const entry = table.get(host);
  if (entry === undefined) throw notAllowed(table, host);
  return new Map(table).set(host, { ...entry, credentials, tokenOrigins });
}

/** The same table for readers who may not use stored credentials. */
export function withoutCredentials(table: RegistryTable): RegistryTable {
  return new Map([...table].map(([host, { credentials: _credentials, ...entry }]) => [host, entry] as const));
}

/** What these registries need of the guard: private addresses and plain HTTP for exactly the hosts named as URLs. */
export function egressRules(table: RegistryTable): EgressRules {
  const named = [...table.values()].flatMap((entry) => [
    ...(entry.mayBePrivate ? [entry.origin] : []),
    ...(entry.tokenOrigins ?? []),
  ]);
  const urls = named.map((origin) => new URL(origin));
  const privateHosts = new Set(urls.map(hostPortOf));
  const plainHosts = new Set(urls.filter((url) => url.protocol === "http:").map(hostPortOf));
  return {
    allowPrivate: (hostPort) => privateHosts.has(hostPort),
    allowHttp: (hostPort) => plainHosts.has(hostPort),
  };
}

export function notAllowed(table: RegistryTable, host: string): AppError {
  const allowed = table.size === 0 ? "none" : [...table.keys()].join(", ");
  return new AppError("registry_not_allowed", `Repositories on ${host} are not allowed here.`, {
    suggestion: `Allowed registries: ${allowed}. An administrator can add ${host} to GANTRY_REGISTRIES.`,
    details: { host },
  });
}

function add(table: Map<string, RegistryEntry>, entry: RegistryEntry, item: string): void {
  const known = table.get(entry.host);
  if (known?.mayBePrivate && entry.mayBePrivate && known.origin !== entry.origin) {
    throw misconfigured(item, `${entry.host} is already configured as ${known.origin}`);
  }
  if (known?.mayBePrivate) return;
  table.set(entry.host, entry);
}

function readItem(item: string): RegistryEntry {
  const mirror = /^([^=/]+)=(.*)$/.exec(item);
  if (mirror !== null) return fromUrl(mirror[2] ?? "", item, hostOf(mirror[1]?.trim() ?? "", item));
  if (item.includes("://")) return fromUrl(item, item);
  const host = hostOf(item, item);
  return { host, origin: `https://${apiHost(host)}`, mayBePrivate: false };
}

function fromUrl(text: string, item: string, servedHost?: string): RegistryEntry {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw misconfigured(item, "its URL must start with http:// or https://");
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "") {
    throw misconfigured(item, "its URL can have only a scheme, a host and a port");
  }
  return { host: servedHost ?? hostOf(url.host, item), origin: url.origin, mayBePrivate: true };
}

function hostOf(text: string, item: string): string {
  const reading = readRegistryHost(text);
  if (!reading.ok) throw misconfigured(item, reading.why);
  if (!looksLikeHost(reading.host)) {
    throw misconfigured(
      item,
      "a registry's name has a dot or a port, since image names can't tell it apart otherwise",
    );
  }
  return reading.host;
}

/** Docker Hub's repositories say docker.io, its API is elsewhere. */
function apiHost(host: string): string {
  return host === DOCKER_HUB ? "registry-1.docker.io" : host;
}

function misconfigured(item: string, why: string): AppError {
  return new AppError("configuration", `GANTRY_REGISTRIES has the item ${JSON.stringify(item)}: ${why}.`, {
    suggestion: "Write items such as docker.io, http://127.0.0.1:5000 or docker.io=http://127.0.0.1:5005.",
  });
}
