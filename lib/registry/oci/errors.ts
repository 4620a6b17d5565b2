import type { GuardedResponse } from "@/lib/egress/response";
import { RETRY_AFTER_DEFAULT_SECONDS, retryAfterSeconds } from "@/lib/egress/retry-after";
import { familiarName } from "@/lib/extension/reference/repository";
import type { ErrorCode } from "@/lib/platform/error-codes";
import { AppError, type AppErrorOptions, hasCode, isAppError } from "@/lib/platform/errors";
import { namesRegistryApi } from "@/lib/registry/oci/api-form";
import { demandedPause } from "@/lib/registry/oci/demanded-pause";
import { countedTogether } from "@/lib/registry/oci/documented-limits";
import { type ErrorBody, readErrorBody } from "@/lib/registry/oci/error-body";
import { notARegistry } from "@/lib/registry/oci/not-a-registry";
import { type Subject, subjectText } from "@/lib/registry/oci/subject";
import type { RegistryEntry } from "@/lib/registry/registries";

export type Refusal = {
  entry: RegistryEntry;
  subject: Subject;
  nowMs: number;
  /** The request, or an earlier one for it, had stored credentials. */
  signed?: boolean;
  /** Whether `/v2/` answers in the form of the API; undefined: an empty response is no evidence. */
  isRegistry?: () => Promise<boolean>;
};

/** Converts an error response to an `AppError`. Reads a bounded part of its body. */
export async function answerError(response: GuardedResponse, refusal: Refusal): Promise<AppError> {
  const body = withoutEcho(await readErrorBody(response), refusal);
  const { status, url } = response;
  const foreign = url.origin !== refusal.entry.origin && refusal.subject.kind !== "token";
  if (status === 429) return rateLimited(response, refusal, body);
  const ofApi = await isOfApi(response, refusal, body);
  if (NOT_SERVED.includes(status) && !ofApi) return notARegistry(refusal, body);
  if (status === 404 || status === 410) return notFound(refusal, body);
  if ((status === 401 || status === 403) && !foreign) {
    return ofApi ? accessRefused(refusal, status, body) : notARegistry(refusal, body);
  }
  return unexpected(response, refusal, body, foreign);
}

/** Statuses that websites and proxies use for addresses that they do not serve. */
const NOT_SERVED = [400, 404, 405, 410];

/** Whether the response is the API's own refusal (decision 026), or one of a website or proxy in its place. */
async function isOfApi(
  { status, headers, url }: GuardedResponse,
  { entry, subject, isRegistry }: Refusal,
  { form }: ErrorBody,
): Promise<boolean> {
  if (status === 401 || status === 403) return form !== "html" || headers.all("www-authenticate").length > 0;
  if (!NOT_SERVED.includes(status)) return true;
  if (subject.kind === "token") return false;
  // Storage services have errors of their own, and registries without referrers answer anything.
  if (subject.kind === "referrers" || (subject.kind === "blob" && url.origin !== entry.origin)) return true;
  if (form !== "empty") return form === "oci";
  return namesRegistryApi({ headers }) || ((await isRegistry?.()) ?? false);
}

/** 401 or 403: reading this requires (other) credentials. */
export function accessRefused(
  { entry, subject, signed = false }: Refusal,
  status: 401 | 403 = 401,
  body: ErrorBody = { form: "empty", codes: [], text: "", facts: { status } },
): AppError {
  const name = familiarName(subject.repository);
  if (signed && (subject.kind === "token" || subject.kind === "login"))
    return loginRefused(entry, body.facts);
  if (signed) {
    return failure("registry_auth_failed", `${entry.host} denies the stored credentials ${name}.`, body, {
      suggestion: "Ask an administrator to give the account of these credentials read access.",
      details: { host: entry.host, refused: "repository" },
    });
  }
  return failure("registry_auth_required", `${entry.host} requires authentication for ${name}.`, body, {
    suggestion:
      "The repository does not exist or is private. Check the name, and make the repository public.",
    details: { host: entry.host },
  });
}

/** The user name or the password is wrong, expired or revoked. */
export function loginRefused({ host }: RegistryEntry, facts: ErrorBody["facts"] = {}): AppError {
  return new AppError("registry_auth_failed", `${host} rejected the stored credentials.`, {
    suggestion: "Ask an administrator to replace them under Registries in the console.",
    details: { host, refused: "login", ...facts },
  });
}

/** Error codes of the distribution-spec; anything else could be a text of the registry. */
const SPEC_CODES =
  /^(?:BLOB_UNKNOWN|BLOB_UPLOAD_INVALID|BLOB_UPLOAD_UNKNOWN|DENIED|DIGEST_INVALID|MANIFEST_BLOB_UNKNOWN|MANIFEST_INVALID|MANIFEST_UNKNOWN|NAME_INVALID|NAME_UNKNOWN|PAGINATION_NUMBER_INVALID|SIZE_INVALID|TOOMANYREQUESTS|UNAUTHORIZED|UNSUPPORTED)$/;

/** A registry that knows a password can repeat it in any form, so nothing that it says then is shown. */
function withoutEcho(body: ErrorBody, { signed = false }: Refusal): ErrorBody {
  if (!signed) return body;
  const codes = body.codes.filter((code) => SPEC_CODES.test(code));
  const { status } = body.facts;
  return { form: body.form, codes, text: "", facts: { ...(status === undefined ? {} : { status }), codes } };
}

/** The registry rejects a token that its own token server has just issued. */
export function tokenRefused(entry: RegistryEntry): AppError {
  return new AppError("registry_auth_failed", `${entry.host} rejected the token of its own token server.`, {
    suggestion: "This is a problem with the registry (mismatched keys or clocks). Try again later.",
    retryable: true,
    details: { host: entry.host },
  });
}

function rateLimited(response: GuardedResponse, { entry, nowMs }: Refusal, body: ErrorBody): AppError {
  const seconds = retryAfterSeconds(response.headers, nowMs) ?? RETRY_AFTER_DEFAULT_SECONDS;
  return failure("registry_rate_limited", `${entry.host} rate-limits Gantry.`, body, {
    suggestion: `Gantry retries in ${seconds} seconds at the earliest. ${countedTogether(entry.host)}`.trim(),
    retryable: true,
    retryAfterSeconds: seconds,
    details: { host: entry.host, ...demandedPause(nowMs + seconds * 1000) },
  });
}

const REPOSITORY_CODES = ["NAME_UNKNOWN", "NAME_INVALID"];
const REFERENCE_CODES = ["MANIFEST_UNKNOWN", "MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN", "TAG_INVALID"];

/** Harbor has one code for everything; its message begins with what is missing. */
function isHarborRepository({ codes, text }: ErrorBody): boolean {
  return codes.includes("NOT_FOUND") && /^(?:repository|project)\b/i.test(text);
}

/** Some registries say whether the repository or the reference is missing; otherwise the kind of request decides. */
function notFound({ entry, subject }: Refusal, body: ErrorBody): AppError {
  const name = familiarName(subject.repository);
  const namesRepository =
    body.codes.some((code) => REPOSITORY_CODES.includes(code)) || isHarborRepository(body);
  const namesReference = body.codes.some((code) => REFERENCE_CODES.includes(code));
  if (namesRepository || (!namesReference && (subject.kind === "tags" || subject.kind === "token"))) {
    return failure("repository_not_found", `${entry.host} has no repository ${name}.`, body, {
      suggestion:
        "Check the name, and push an image first. A repository exists once an image was pushed to it.",
      details: { host: entry.host },
    });
  }
  return failure("reference_not_found", `${entry.host} does not have ${subjectText(subject)}.`, body, {
    suggestion: "Check the tag or digest. It may have been deleted.",
    details: { host: entry.host, reference: subject.reference ?? null },
  });
}

function unexpected(
  response: GuardedResponse,
  { entry, subject, nowMs }: Refusal,
  body: ErrorBody,
  foreign: boolean,
) {
  const { status, url } = response;
  const who = foreign ? `${url.host}, to which ${entry.host} redirects,` : entry.host;
  const seconds = status === 503 ? retryAfterSeconds(response.headers, nowMs) : undefined;
  // 401 or 403 from a redirect target means that the registry's signed URL has expired.
  const temporary = status >= 500 || status === 408 || foreign;
  return failure("registry_error", `${who} answered ${status} for ${subjectText(subject)}.`, body, {
    suggestion: temporary
      ? "This is a problem with the registry. Try again later."
      : "The registry answers this request the same way every time. Check the name and the reference, or contact its operator.",
    retryable: temporary,
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
    details: {
      host: entry.host,
      ...(seconds === undefined ? {} : demandedPause(nowMs + seconds * 1000)),
    },
  });
}

function failure(code: ErrorCode, message: string, body: ErrorBody, options: AppErrorOptions): AppError {
  const words = body.text === "" ? message : `${message} Its message: “${body.text}”.`;
  return new AppError(code, words, { ...options, details: { ...options.details, ...body.facts } });
}

/** An invalid response: `why` completes the message. `retryable` by default; not for content that cannot change. */
export function protocolError(
  entry: RegistryEntry,
  why: string,
  options: Partial<AppErrorOptions> = {},
): AppError {
  return new AppError("registry_protocol", `The response of ${entry.host} is invalid: ${why}.`, {
    suggestion: "This is a problem with the registry. Try again later, or contact its operator.",
    retryable: true,
    details: { host: entry.host },
    ...options,
  });
}

const CONTENT_CODES: readonly ErrorCode[] = [
  "unsupported_media_type",
  "limit_exceeded",
  "registry_protocol",
  "media_type_confusion",
];

/** True for errors that the same bytes always cause, so that retries are useless. */
export function isAboutContent(error: unknown): error is AppError {
  return isAppError(error) && !error.retryable && CONTENT_CODES.includes(error.code);
}

/** True for failures that a retry within seconds often fixes. */
export function isTransient(error: unknown): boolean {
  if (hasCode(error, "registry_unreachable")) {
    return ["dns", "refused", "reset", "timeout"].includes(String(error.details?.failure));
  }
  return (
    hasCode(error, "registry_error") &&
    [502, 503, 504].includes(Number(error.details?.status)) &&
    error.retryAfterSeconds === undefined
  );
}
