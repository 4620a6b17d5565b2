/** Whether a response comes from a registry's API (decision 026), and not from a proxy or website in its place. */

import type { GuardedResponse, ResponseHeaders } from "@/lib/egress/response";

/** `oci`: an error document of the distribution-spec ("Error Codes"). `other`: of a kind that no rule needs. */
export type BodyForm = "oci" | "empty" | "html" | "json" | "text" | "other";

/** `codes`: of the error document in the body. */
export function bodyForm(text: string, headers: ResponseHeaders, codes: readonly string[]): BodyForm {
  if (codes.some((code) => code !== "")) return "oci";
  const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const start = text.trimStart().slice(0, 100).toLowerCase();
  if (
    /^(?:text\/html|application\/xhtml\+xml)$/.test(type) ||
    /^<(?:!doctype html|html|head|body|h\d)\b/.test(start)
  )
    return "html";
  if (start === "") return "empty";
  if (/[/+]json$/.test(type) || /^[{[]/.test(start)) return "json";
  return type === "text/plain" ? "text" : "other";
}

/** The words for a body in a message. Nothing of the body is repeated. */
export function bodyWords(form: BodyForm): string {
  switch (form) {
    case "oci":
      return "a registry’s error document";
    case "empty":
      return "an empty body";
    case "html":
      return "a web page (HTML)";
    case "json":
      return "JSON that is not a registry’s error document";
    case "text":
      return "plain text";
    case "other":
      return "a body that is not a registry’s error document";
  }
}

/** The header that registries send with every response. Proxies add it to their own error pages, too. */
export function namesRegistryApi({ headers }: Pick<GuardedResponse, "headers">): boolean {
  return /^registry\/2\./i.test(headers.get("docker-distribution-api-version")?.trim() ?? "");
}
