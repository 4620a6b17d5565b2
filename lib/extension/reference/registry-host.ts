/** The host of Docker Hub in canonical names. */
export const DOCKER_HUB = "docker.io";

const DOCKER_HUB_ALIASES = new Set([
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
  "registry.hub.docker.com",
  "www.docker.io",
]);

const NAME_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const PORT = /^[1-9][0-9]{0,4}$/;
const LOOKS_NUMERIC = /^(?:[0-9]+|0x[0-9a-f]*)$/;
const IPV4_PART = /^(?:0|[1-9][0-9]{0,2})$/;

export type HostReading = { ok: true; host: string } | { ok: false; why: string };

/** The first part of an image name is a registry host if and only if it has `.` or `:` or is `localhost`. */
export function looksLikeHost(part: string): boolean {
  return part.includes(".") || part.includes(":") || part.toLowerCase() === "localhost";
}

/**
 * Normalizes a registry host with its port: lowercase, and `docker.io` for Docker Hub's other names. IP addresses
 * must be plain dotted IPv4, so that a host has exactly one spelling.
 */
export function readRegistryHost(text: string): HostReading {
  const lower = text.toLowerCase();
  if (lower.includes("[") || lower.split(":").length > 2) {
    return refuse("IPv6 addresses are not supported; use a host name");
  }
  const [name = "", port] = lower.split(":");
  if (port !== undefined && !(PORT.test(port) && Number(port) <= 65535)) {
    return refuse("the port must be a number from 1 to 65535");
  }
  const wrong = problemOfName(name);
  if (wrong !== undefined) return refuse(wrong);
  if (DOCKER_HUB_ALIASES.has(name) && (port === undefined || port === "443"))
    return { ok: true, host: DOCKER_HUB };
  return { ok: true, host: lower };
}

function problemOfName(name: string): string | undefined {
  const labels = name.split(".");
  if (name.length > 253 || !labels.every((label) => NAME_LABEL.test(label))) {
    return "a registry host can contain only letters, digits, “-” and “.”, and no empty part";
  }
  if (!LOOKS_NUMERIC.test(labels.at(-1) ?? "")) return undefined;
  const isAddress =
    labels.length === 4 && labels.every((part) => IPV4_PART.test(part) && Number(part) <= 255);
  return isAddress ? undefined : "an IP address must have four numbers, such as 127.0.0.1";
}

function refuse(why: string): HostReading {
  return { ok: false, why };
}
