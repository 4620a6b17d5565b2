import { type Repository, repositoryHost, repositoryPath } from "@/lib/extension/reference/repository";
import type { AppError } from "@/lib/platform/errors";

/** Read-only credentials for the repositories of one registry host, or of one namespace on it. */
export type RegistryCredentials = {
  /** Identifies this user name and password: a replacement has another one, so nothing cached for the old is reused. */
  line: string;
  host: string;
  /** The leading path components of its repositories, such as `team` or `team/apps`; empty for the whole host. */
  namespace: string;
  username: string;
  password: string;
  /** Origin of a token server on another host that can receive them. */
  tokenServer?: string | undefined;
  /** Why they cannot be used. Requests are then sent without credentials. */
  unusable?: AppError | undefined;
};

/** `refused`: the login failed, or it does not give access to this repository. */
export type CredentialsOutcome =
  | { kind: "accepted"; credentials: RegistryCredentials; repository: Repository }
  | { kind: "refused"; credentials: RegistryCredentials; repository: Repository; error: AppError };

/** The credentials that a client can use, and who learns how they fare. */
export type CredentialsInUse = {
  all: readonly RegistryCredentials[];
  report(outcome: CredentialsOutcome): void;
};

export const NO_CREDENTIALS: CredentialsInUse = { all: [], report: () => undefined };

/** The credentials of the longest namespace that contains the repository. */
export function credentialsFor<Line extends Pick<RegistryCredentials, "host" | "namespace">>(
  all: readonly Line[],
  repository: Repository,
): Line | undefined {
  const [host, path] = [repositoryHost(repository), `${repositoryPath(repository)}/`];
  const fitting = all.filter((each) => each.host === host && isWithin(path, each.namespace));
  return fitting.reduce<Line | undefined>(longerNamespace, undefined);
}

/** By whole path components: `team` contains `team/app`, but not `teams/app`. */
function isWithin(path: string, namespace: string): boolean {
  return namespace === "" || path.startsWith(`${namespace}/`);
}

function longerNamespace<Line extends Pick<RegistryCredentials, "namespace">>(
  best: Line | undefined,
  next: Line,
): Line {
  return best !== undefined && best.namespace.length >= next.namespace.length ? best : next;
}
