/** SSRF guard: which addresses Gantry connects to at all. */

import ipaddr from "ipaddr.js";

/**
 * `public`: routed on the internet. `private`: loopback or inside a network; only for a host that the operator named.
 * `forbidden`: never dialed, not even if configured (cloud metadata, link-local, multicast, unspecified, reserved).
 */
export type AddressKind = "public" | "private" | "forbidden";

/** The kind of an IP address in text form; what can't be read as one is `forbidden`. */
export function classifyAddress(text: string): AddressKind {
  if (!ipaddr.isValid(text) || IPV4_COMPATIBLE.test(text)) return "forbidden";
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv4 ? classifyIPv4(address) : classifyIPv6(address);
}

/** `::127.0.0.1` (deprecated, RFC 4291 2.5.5.1): ipaddr.js reads this spelling as `::ffff:127.0.0.1`. */
const IPV4_COMPATIBLE = /^::\d+\./;

/**
 * Metadata and agent addresses of clouds that hide among ordinary ranges: Alibaba (in the carrier-grade NAT range),
 * Azure's wire server (in a public one). 169.254.169.254 and its like are link-local already.
 */
const CLOUD_IPV4 = new Set(["100.100.100.200", "168.63.129.16"]);

/** Amazon's metadata service over IPv6, in the unique-local range. */
const CLOUD_IPV6 = new Set(["fd00:ec2::254", "fd20:ce::254"]);

function classifyIPv4(address: ipaddr.IPv4): AddressKind {
  if (CLOUD_IPV4.has(address.toString())) return "forbidden";
  switch (address.range()) {
    case "unicast":
      return "public";
    case "loopback":
    case "private":
    case "carrierGradeNat":
      return "private";
    default:
      return "forbidden";
  }
}

/** The only block from which global unicast addresses are given out (RFC 4291, IANA registry). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** NAT64's well-known prefix (RFC 6052); the other block of that family (RFC 8215) is for use inside networks. */
const NAT64 = ipaddr.IPv6.parseCIDR("64:ff9b::/96");

function classifyIPv6(address: ipaddr.IPv6): AddressKind {
  if (CLOUD_IPV6.has(address.toString())) return "forbidden";
  switch (address.range()) {
    case "ipv4Mapped":
      return classifyIPv4(address.toIPv4Address());
    case "rfc6052":
      return address.match(NAT64) ? classifyIPv4(lastFourBytes(address)) : "forbidden";
    case "loopback":
    case "uniqueLocal":
      return "private";
    case "unicast":
      return address.match(GLOBAL_UNICAST) ? "public" : "forbidden";
    default:
      return "forbidden";
  }
}

/** The IPv4 address that a NAT64 gateway would dial. */
function lastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}
