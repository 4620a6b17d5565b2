/** Credentials as a person or a file names them, checked and in canonical form. */

import { DOCKER_HUB, readRegistryHost } from "@/lib/extension/reference/registry-host";
import { repositoryOfName } from "@/lib/extension/reference/repository";
import { AppError, hasCode } from "@/lib/platform/errors";
import { isStorable } from "@/lib/platform/storable";
import { notAllowed, type RegistryEntry, type RegistryTable } from "@/lib/registry/registries";

export type CredentialsPlace = { host: string; namespace: string };
export type CredentialsInput = {
  host: string;
  namespace?: string | undefined;
  username: string;
  password: string;
  tokenServer?: string | undefined;
};
export type CheckedCredentials = CredentialsPlace & {
  username: string;
  password: string;
  tokenServer: string | undefined;
};

const NAMESPACE_CHARACTERS_MAX = 200;
const USERNAME_CHARACTERS_MAX = 255;
/** Key files as passwords have about 2.5 KB, short-lived tokens about 4 KB. */
const PASSWORD_CHARACTERS_MAX = 16 * 1024;
const CONTROL = /\p{Cc}/u;

/** Throws `invalid_input` naming the field, or `registry_not_allowed`; never with the password in its text. */
export function checkCredentials(input: CredentialsInput, table: RegistryTable): CheckedCredentials {
  const place = checkPlace(input, table);
  const entry = table.get(place.host);
  return {
    ...place,
    username: checkUsername(input.username),
    password: checkPassword(input.password),
    tokenServer: checkTokenServer(input.tokenServer ?? "", entry),
  };
}

/** The canonical host and namespace. With `table`, the host must be allowed. */
export function checkPlace(
  { host: text, namespace = "" }: Pick<CredentialsInput, "host" | "namespace">,
  table: RegistryTable | undefined,
): CredentialsPlace {
  const reading = readRegistryHost(text.trim());
  if (!reading.ok) {
    throw invalid("host", `This is not a registry host: ${reading.why}.`, "Use a host such as ghcr.io.");
  }
  const { host } = reading;
  if (table !== undefined && !table.has(host)) throw notAllowed(table, host);
  return { host, namespace: checkNamespace(host, namespace) };
}

function checkNamespace(host: string, text: string): string {
  const namespace = text.trim().replace(/^\/+|\/+$/g, "");
  if (namespace === "") return "";
  if (namespace.length > NAMESPACE_CHARACTERS_MAX)
    throw invalid(
      "namespace",
      "The namespace is too long.",
      `Use at most ${NAMESPACE_CHARACTERS_MAX} characters.`,
    );
  // Docker Hub's names have two parts; elsewhere a namespace has the form of a whole name.
  const isHubOwner = host === DOCKER_HUB && !namespace.includes("/");
  try {
    repositoryOfName(`${host}/${namespace}${isHubOwner ? "/any" : ""}`);
    return namespace;
  } catch (error) {
    if (!hasCode(error, "repository_invalid")) throw error;
    throw invalid(
      "namespace",
      "The namespace is not the beginning of a repository name.",
      "Use its first path components in lower case, without the host: team, or team/apps. Leave it empty for the whole host.",
    );
  }
}

function checkUsername(text: string): string {
  const username = text.trim();
  const isUsable =
    username !== "" &&
    username.length <= USERNAME_CHARACTERS_MAX &&
    !username.includes(":") &&
    !CONTROL.test(username) &&
    isStorable(username);
  if (isUsable) return username;
  throw invalid(
    "username",
    "The user name is not valid.",
    `Use 1 to ${USERNAME_CHARACTERS_MAX} characters without a colon or a line break.`,
  );
}

/** Without the line break that copying and `cat` add. */
function checkPassword(text: string): string {
  const password = text.replace(/[\r\n]+$/, "");
  if (password !== "" && password.length <= PASSWORD_CHARACTERS_MAX && isStorable(password)) return password;
  throw invalid(
    "password",
    "The password is empty, too long, or has characters that are not text.",
    `Enter 1 to ${PASSWORD_CHARACTERS_MAX} characters.`,
  );
}

/** Plain HTTP only where the registry itself is configured with it. */
function checkTokenServer(text: string, entry: RegistryEntry | undefined): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const url = URL.parse(trimmed.includes("://") ? trimmed : `https://${trimmed}`);
  const isPlain = url?.protocol === "http:" && entry?.origin.startsWith("http:") === true;
  const isBare = url !== null && url.username + url.password + url.search + url.hash === "";
  if (isBare && url.pathname === "/" && (url.protocol === "https:" || isPlain)) return url.origin;
  throw invalid(
    "tokenServer",
    "The token server is not an https address without a path.",
    "Use the scheme and host of the realm that the registry names, such as https://gitlab.corp.example.",
  );
}

function invalid(field: string, message: string, suggestion: string): AppError {
  return new AppError("invalid_input", message, { suggestion, details: { field } });
}
