import type { GuardedResponse } from "@/lib/egress/response";
import { familiarName } from "@/lib/extension/reference/repository";
import { AppError } from "@/lib/platform/errors";
import { bodyForm, bodyWords } from "@/lib/registry/oci/api-form";
import { answerFacts, type ErrorBody } from "@/lib/registry/oci/error-body";
import type { Subject } from "@/lib/registry/oci/subject";
import type { RegistryEntry } from "@/lib/registry/registries";

type Asked = { entry: RegistryEntry; subject: Subject };

/**
 * A response that no registry gives (decision 026): it says nothing about the repository, and the same request gets it
 * every time.
 */
export function notARegistry(
  { entry, subject }: Asked,
  { form, facts }: Pick<ErrorBody, "form" | "facts">,
): AppError {
  const at = facts.url === undefined ? "" : ` at ${facts.url}`;
  const who = subject.kind === "token" ? `its token server${at}` : `its API${at}`;
  return new AppError(
    "not_a_registry",
    `${entry.host} does not behave like a registry: ${who} answered ${facts.status ?? ""} with ${bodyWords(form)}.`,
    {
      suggestion: suggestionFor(entry, subject),
      details: { host: entry.host, ...facts, asked: subject.kind, body: form },
    },
  );
}

/** Throws `not_a_registry` if the body of a successful response is a web page, such as a sign-in form. */
export function requireNoWebPage(bytes: Uint8Array, response: GuardedResponse, asked: Asked): void {
  const start = new TextDecoder().decode(bytes.subarray(0, PREFIX_BYTES));
  const form = bodyForm(start, response.headers, []);
  if (form === "html") throw notARegistry(asked, { form, facts: answerFacts(response) });
}

const PREFIX_BYTES = 1_024;

function suggestionFor({ host, origin }: RegistryEntry, subject: Subject): string {
  const about = `This says nothing about ${familiarName(subject.repository)}.`;
  return subject.kind === "token"
    ? `${about} Ask the operator of ${host} to check the token URL (realm) in its challenge and the proxy in front of its token server, then check again.`
    : `${about} Ask the operator of ${host} whether ${origin}/v2/ reaches the registry and not a website or proxy; an administrator can correct its address in GANTRY_REGISTRIES. Then check again.`;
}
