import type { EgressRules } from "@/lib/egress/destination";
import { AppError } from "@/lib/platform/errors";

const HTTPS_PORT = 443;

/**
 * Parses GANTRY_MEDIA_HOSTS: hosts with private addresses from which icons, screenshots and linked pages are fetched.
 * Items are `host` or `host:port` (default 443), separated by commas. Plain HTTP is never used. Throws `configuration`,
 * naming the item.
 */
export function mediaEgressRules(text: string): EgressRules {
  const items = text.split(",").map((each) => each.trim());
  const hosts = new Set(items.filter((item) => item !== "").map(hostPort));
  return { allowPrivate: (each) => hosts.has(each), allowHttp: () => false };
}

function hostPort(item: string): string {
  const url = /[/?#@\s]/.test(item) ? null : URL.parse(`https://${item}`);
  if (url !== null && url.hostname !== "") return `${url.hostname}:${url.port || HTTPS_PORT}`;
  throw new AppError("configuration", `GANTRY_MEDIA_HOSTS has the item ${JSON.stringify(item)}.`, {
    suggestion: "Write hosts without a scheme, such as media.corp.example or 10.0.0.7:8443.",
  });
}
