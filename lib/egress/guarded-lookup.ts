import { lookup as dnsLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { mayDial, privateAddress } from "@/lib/egress/destination";

/**
 * SSRF guard against DNS rebinding: a `lookup` for sockets that returns allowed addresses only. The socket connects to
 * exactly these addresses, so no second resolution can differ. A single forbidden address rejects the name, because
 * legitimate hosts have none.
 */
export function guardedLookup(privateAllowed: boolean, lookup: LookupFunction = dnsLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const resolved = Array.isArray(addresses) ? addresses : [];
      const bad = resolved.find((each) => !mayDial(each.address, privateAllowed));
      const [first] = resolved;
      if (bad !== undefined) return callback(privateAddress(hostname, bad.address), []);
      if (first === undefined) return callback(notFound(hostname), []);
      return options.all === true ? callback(null, resolved) : callback(null, first.address, first.family);
    });
  };
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND" });
}
