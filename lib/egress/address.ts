/** SSRF guard: decides which addresses Gantry connects to. */

import ipaddr from "ipaddr.js";

/**
 * `public`: routed on the internet. `private`: loopback or inside a network; allowed only for hosts that the operator
 * configured. `forbidden`: never connected to, even if configured (cloud metadata, link-local, multicast, unspecified,
 * reserved).
 */
export type AddressKind = "public" | "private" | "forbidden";

/** Classifies an IP address in text form; unparsable text is `forbidden`. */
export function classifyAddress(text: string): AddressKind {
  if (!ipaddr.isValid(text) || IPV4_COMPATIBLE.test(text)) return "forbidden";
  const address = ipaddr.parse(text);
  return address instanceof ipaddr.IPv4 ? classifyIPv4(address) : classifyIPv6(address);
}

/** `::127.0.0.1` (deprecated, RFC 4291, 2.5.5.1), which ipaddr.js reads as `::ffff:127.0.0.1`. */
const IPV4_COMPATIBLE = /^::\d+\./;

/**
 * Cloud metadata and agent addresses within ordinary ranges: Alibaba's (in the carrier-grade NAT range) and Azure's
 * wire server (in a public range). 169.254.169.254 and similar addresses are link-local already.
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

/** The only block from which global unicast addresses are assigned (RFC 4291, IANA registry). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/** The well-known NAT64 prefix (RFC 6052). The other NAT64 block (RFC 8215) is for use inside networks. */
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

/** The IPv4 address that a NAT64 gateway would connect to. */
function lastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}
