import { isIP } from "node:net";
import { classifyAddress } from "@/lib/egress/address";
import { AppError } from "@/lib/platform/errors";

/**
 * The hosts that the operator trusts. Both functions take `host:port` as the URL standard spells it, always with a port
 * (`127.0.0.1:5000`, `registry.corp.example:443`, `[::1]:5000`).
 */
export type EgressRules = {
  /** Whether this host can have a private or loopback address. */
  allowPrivate: (hostPort: string) => boolean;
  /** Whether plain HTTP is allowed for this host. */
  allowHttp: (hostPort: string) => boolean;
};

export function hostPortOf(url: URL): string {
  const port = url.port === "" ? (url.protocol === "http:" ? "80" : "443") : url.port;
  return `${url.hostname}:${port}`;
}

/**
 * Rejects URLs that are recognizably forbidden, before any socket is opened. Names are checked again when they resolve.
 */
export function checkDestination(url: URL, rules: EgressRules): void {
  const hostPort = hostPortOf(url);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw forbidden(url, `Gantry connects to https URLs only, not ${url.protocol}`);
  }
  if (url.protocol === "http:" && !rules.allowHttp(hostPort)) {
    throw forbidden(url, `${hostPort} is only allowed over https`);
  }
  if (url.username !== "" || url.password !== "") {
    throw forbidden(url, "The URL contains a user name or password");
  }
  checkAddress(url, rules.allowPrivate(hostPort));
}

function checkAddress(url: URL, privateAllowed: boolean): void {
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) === 0) return;
  if (!mayDial(literal, privateAllowed)) throw privateAddress(url.hostname, literal);
}

/** True for a literal address that no configuration allows. */
export function isNeverAllowed(url: URL): boolean {
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(literal) !== 0 && classifyAddress(literal) === "forbidden";
}

export function mayDial(address: string, privateAllowed: boolean): boolean {
  const kind = classifyAddress(address);
  return kind === "public" || (kind === "private" && privateAllowed);
}

/**
 * Names that are meaningful only inside a network. Checked when a proxy connects on Gantry's behalf, because the
 * address is then unknown; the rest is up to the proxy's own rules.
 */
export function checkName(url: URL, rules: EgressRules): void {
  const name = url.hostname.replace(/\.$/, "").toLowerCase();
  const inside =
    !name.includes(".") || /\.(?:localhost|local|internal|intranet|lan|home\.arpa|corp)$/.test(name);
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0 || !inside) return;
  if (!rules.allowPrivate(hostPortOf(url))) {
    throw forbidden(url, `The name ${name} is meaningful only inside a network`);
  }
}

export function privateAddress(host: string, address: string): AppError {
  const where = host.replace(/^\[|\]$/g, "") === address ? host : `${host} (${address})`;
  return new AppError(
    "address_forbidden",
    `${where} is a private or reserved address, and it is not configured as an allowed host.`,
    {
      suggestion: "If you run this host, ask an administrator to allow it.",
      details: { host },
    },
  );
}

function forbidden(url: URL, why: string): AppError {
  return new AppError("address_forbidden", `${why}.`, {
    suggestion: "Use an https URL on the public internet, or ask an administrator to allow this host.",
    details: { host: url.host },
  });
}
