import type { FindingList } from "@/lib/extension/findings/finding-list";
import { hasHiddenCharacters } from "@/lib/extension/text/hidden-characters";

const MAX_URL_CHARACTERS = 2048;

/** Query parameters that carry expiring tokens and signatures. */
const EXPIRING =
  /^(?:token|access_token|sig|signature|expires|se|x-amz-(?:expires|signature|credential|security-token)|x-goog-(?:expires|signature)|key-pair-id|jwt|ex|hm)$/i;

/**
 * The URL in `text` if it is safe to show and fetch: absolute, https (http is kept and reported), without user name
 * or password. Otherwise undefined. Every problem becomes a finding about `label`; evidence never contains path or
 * query.
 */
export function readWebLink(text: string, label: string, findings: FindingList): string | undefined {
  const trimmed = text.trim();
  const isPlain =
    trimmed.length <= MAX_URL_CHARACTERS && !/\s/.test(trimmed) && !hasHiddenCharacters(trimmed);
  const url = isPlain && URL.canParse(trimmed) ? new URL(trimmed) : undefined;
  if (url === undefined) {
    findings.add("url_invalid", { label, value: withoutQuery(trimmed) });
    return undefined;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    findings.add("url_scheme_forbidden", { label, scheme: url.protocol });
    return undefined;
  }
  if (url.username !== "" || url.password !== "") {
    findings.add("url_credentials", { label, host: url.host });
    return undefined;
  }
  reportRisks(url, label, findings);
  return url.href;
}

function reportRisks(url: URL, label: string, findings: FindingList): void {
  if (url.protocol === "http:") findings.add("url_insecure", { label, host: url.host });
  const parameter = [...url.searchParams.keys()].find((name) => EXPIRING.test(name));
  if (parameter !== undefined) findings.add("url_expires", { label, host: url.host, parameter });
}

/** The part of an invalid URL that can be shown: no query, no user name. */
function withoutQuery(text: string): string {
  return text
    .slice(0, 200)
    .replace(/[?#].*$/s, "")
    .replace(/\/\/[^/@]*@/, "//");
}
