import { type EgressRules, hostPortOf } from "@/lib/egress/destination";
import { DOCKER_HUB, looksLikeHost, readRegistryHost } from "@/lib/extension/reference/registry-host";
import { AppError } from "@/lib/platform/errors";
import { singleton } from "@/lib/platform/singleton";

/** One allowed registry: its name in repositories, and where its API is. */
export type RegistryEntry = {
  /** The host part of its repositories: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  host: string;
  /** Scheme, host and port of its API. */
  origin: string;
  /** True if the operator configured it as a URL, which permits private addresses. */
  mayBePrivate: boolean;
};

/** The allowed registries by the host part of their repositories. */
export type RegistryTable = ReadonlyMap<string, RegistryEntry>;

/** The current table; set by the server. */
export const registries = singleton<RegistryTable>("registries");

/**
 * Parses GANTRY_REGISTRIES, a comma-separated list of:
 * - `ghcr.io`: a registry on a public address, over https
 * - `http://127.0.0.1:5000`, `https://registry.corp.example`: a host that can have a private address; `http:` is
 *   without TLS
 * - `docker.io=http://127.0.0.1:5005`: a mirror from which docker.io's repositories are read
 *
 * The last form takes precedence over a bare name for the same host. Throws `configuration`, naming the item.
 */
export function parseRegistries(text: string): RegistryTable {
  const table = new Map<string, RegistryEntry>();
  for (const item of text.split(",").map((each) => each.trim())) {
    if (item !== "") add(table, readItem(item), item);
  }
  return table;
}

/** The value of GANTRY_REGISTRIES for `table`. */
export function formatRegistries(table: RegistryTable): string {
  return [...table.values()].map(formatItem).join(",");
}

/** One item of GANTRY_REGISTRIES. */
export function formatItem({ host, origin, mayBePrivate }: RegistryEntry): string {
  if (!mayBePrivate) return host;
  return URL.parse(origin)?.host === host ? origin : `${host}=${origin}`;
}

/** Whether Gantry can read repositories on this host. */
export function allows(table: RegistryTable, host: string): boolean {
  return table.has(host);
}

/** Egress rules for these registries: private addresses and plain HTTP for exactly the hosts configured as URLs. */
export function egressRules(table: RegistryTable): EgressRules {
  const named = [...table.values()].filter(({ mayBePrivate }) => mayBePrivate);
  const urls = named.map(({ origin }) => new URL(origin));
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

/** Docker Hub's repositories are on docker.io, but its API is on another host. */
function apiHost(host: string): string {
  return host === DOCKER_HUB ? "registry-1.docker.io" : host;
}

function misconfigured(item: string, why: string): AppError {
  return new AppError("configuration", `GANTRY_REGISTRIES has the item ${JSON.stringify(item)}: ${why}.`, {
    suggestion: "Write items such as docker.io, http://127.0.0.1:5000 or docker.io=http://127.0.0.1:5005.",
  });
}
