/** The problems that an operation can return: those of its kind, and its own. */

import type { Route } from "@/lib/api/route";
import { ERROR_CODES, type ErrorCode } from "@/lib/platform/error-codes";

/** Problems of an operation that queries a registry while the client waits. */
const REGISTRY = [
  "registry_not_allowed",
  "registry_unreachable",
  "registry_error",
  "not_a_registry",
  "registry_rate_limited",
  "registry_auth_required",
  "registry_auth_failed",
  "repository_not_found",
  "reference_not_found",
  "no_semver_tags",
  "unsupported_media_type",
  "limit_exceeded",
] as const satisfies readonly ErrorCode[];

/** Problems of operations that can grant an account or admin rights. */
const SENSITIVE = ["session_required", "recent_sign_in_required"] as const satisfies readonly ErrorCode[];

/** By operation: problems in addition to those of its kind. */
export const OWN_PROBLEMS: Readonly<Record<string, readonly ErrorCode[]>> = {
  listExtensions: ["invalid_cursor"],
  getAllowList: ["instant_in_future", "database_unavailable", "busy"],
  getAllowListDifference: ["instant_in_future", "database_unavailable", "busy"],
  getHubMetadata: ["ambiguous_key"],
  getSitemap: ["not_found"],
  getMedia: ["database_unavailable", "busy"],
  inspectImage: [...REGISTRY, "repository_invalid", "reference_invalid", "busy", "stopping"],
  submit: [
    "repository_invalid",
    "registry_not_allowed",
    "already_open",
    "already_listed",
    "too_many_attempts",
  ],
  withdrawSubmission: ["illegal_state"],
  checkSubmission: ["illegal_state"],
  replyToSubmission: ["illegal_state"],
  decideSubmission: [
    "illegal_state",
    "own_submission",
    "digest_moved",
    "not_inspected",
    "range_invalid",
    "conflict",
  ],
  addEntry: ["repository_invalid", "registry_not_allowed", "already_open", "already_listed", "range_invalid"],
  changeEntry: ["illegal_state", "range_invalid", "conflict", "higher_role_decision"],
  changeExtension: ["illegal_state"],
  listVersion: ["illegal_state", "digest_moved", "not_inspected", "higher_role_decision"],
  holdVersion: ["illegal_state", "digest_moved", "higher_role_decision"],
  yankVersion: ["illegal_state", "digest_moved", "higher_role_decision"],
  blockVersion: ["illegal_state", "digest_moved", "higher_role_decision"],
  restoreVersion: ["illegal_state", "digest_moved", "higher_role_decision"],
  createToken: [...SENSITIVE, "limit_exceeded"],
  createUser: [...SENSITIVE, "already_exists"],
  changeUser: [...SENSITIVE, "last_admin", "illegal_state"],
  inviteUser: [...SENSITIVE, "illegal_state"],
  setUp: ["setup_closed", "setup_token_invalid", "too_many_attempts"],
  acceptInvitation: ["invitation_invalid", "too_many_attempts"],
  changePolicy: ["conflict"],
  putDesktopRelease: ["conflict"],
  removeDesktopRelease: ["conflict"],
  importDesktopReleases: ["conflict"],
};

/** By status, ascending; each code once. Server errors are possible at any time and are not listed. */
export function problemsOf(route: Route): Map<number, ErrorCode[]> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...ofItsKind(route), ...(OWN_PROBLEMS[route.operationId] ?? [])])) {
    const { status } = ERROR_CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}

function ofItsKind({ access, path, body, limit }: Route): ErrorCode[] {
  return [
    "invalid_input",
    ...(path.includes("{repository}") ? (["repository_invalid"] as const) : []),
    ...(path.includes("{") ? (["not_found"] as const) : []),
    ...(body === undefined ? [] : (["invalid_json", "body_too_large", "unsupported_content_type"] as const)),
    ...ofCallers(access),
    ...(limit === "stored" ? [] : (["too_many_requests"] as const)),
    ...(limit !== "stored" && limit.computes ? (["busy"] as const) : []),
  ];
}

function ofCallers(access: Route["access"]): readonly ErrorCode[] {
  switch (access) {
    case "public":
      return [];
    case "optional-actor":
      return ["credentials_ambiguous", "token_invalid", "cross_origin"];
    case "actor":
      return [
        "credentials_ambiguous",
        "unauthenticated",
        "token_invalid",
        "forbidden",
        "scope_missing",
        "cross_origin",
      ];
  }
}
