import ipaddr from "ipaddr.js";

/** The network that a rate limit counts: an IPv6 /64 counts as one household, and IPv4-mapped IPv6 as IPv4. */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return `${address.toByteArray().slice(0, 8).join(".")}/64`;
}
