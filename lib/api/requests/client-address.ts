import ipaddr from "ipaddr.js";

/**
 * The client's address for a connection from `remote` with this `X-Forwarded-For`. `own`: this process sent the request
 * to itself, so the header is not a proxy's.
 */
export type ClientAddress = (
  remote: string | undefined,
  forwardedFor: string | undefined,
  own?: boolean,
) => string;

/**
 * `trusted`: addresses or CIDR ranges of proxies; only these are believed. Read from the right, the first untrusted
 * address in the header is the client. Without trusted proxies the header is ignored. `ignored` is called for a private
 * peer whose header was ignored: probably a proxy missing from the settings.
 */
export function createClientAddress(
  trusted: readonly string[],
  ignored?: (peer: string) => void,
): ClientAddress {
  const isTrusted = createTrust(trusted);
  return (remote, forwardedFor, own = false) => {
    let client = plain(remote ?? "");
    if (forwardedFor && !own && !isTrusted(client) && isPrivate(client)) ignored?.(client);
    const hops = (forwardedFor ?? "").split(",").map(withoutPort);
    while (isTrusted(client)) {
      const hop = hops.pop();
      if (hop === undefined || !ipaddr.isValid(hop)) break;
      client = plain(hop);
    }
    return client;
  };
}

/** Tests whether an address is in these addresses or CIDR ranges. */
export function createTrust(trusted: readonly string[]): (address: string) => boolean {
  const ranges = trusted.map((text) => (text.includes("/") ? ipaddr.parseCIDR(text) : singleAddress(text)));
  return (address) => ranges.some((range) => contains(range, address));
}

/** Some proxies (such as Azure's) append the client's port: `192.0.2.1:5678`, `[2001:db8::1]:5678`. */
function withoutPort(hop: string): string {
  const text = hop.trim();
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1];
  return bracketed ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text;
}

const PRIVATE_RANGES = new Set(["private", "loopback", "uniqueLocal", "linkLocal", "carrierGradeNat"]);

function isPrivate(address: string): boolean {
  return ipaddr.isValid(address) && PRIVATE_RANGES.has(ipaddr.process(address).range());
}

type Range = ReturnType<typeof ipaddr.parseCIDR>;

function singleAddress(text: string): Range {
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

function contains(range: Range, text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  const [network] = range;
  return address.kind() === network.kind() && address.match(range);
}

const V4_IN_V6 = "::ffff:";
const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Turns `::ffff:127.0.0.1`, as reported by dual-stack sockets, into `127.0.0.1`. */
function plain(text: string): string {
  const v4 = text.startsWith(V4_IN_V6) ? text.slice(V4_IN_V6.length) : text;
  // Already canonical, as sockets report it.
  if (V4.test(v4)) return v4;
  return ipaddr.isValid(text) ? ipaddr.process(text).toString() : text;
}
