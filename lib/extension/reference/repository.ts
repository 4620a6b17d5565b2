import type { Brand } from "@/lib/extension/reference/brand";
import { readPastedImage } from "@/lib/extension/reference/pasted-image";
import { DOCKER_HUB, looksLikeHost, readRegistryHost } from "@/lib/extension/reference/registry-host";
import { quoted } from "@/lib/extension/text/quoted";
import { AppError } from "@/lib/platform/errors";

/**
 * The identity of an extension: its canonical image repository including the host, such as `docker.io/acme/disk-lens`
 * or `127.0.0.1:5000/acme/disk-lens`. Two texts name the same repository if and only if they parse to the same value.
 */
export type Repository = Brand<string, "Repository">;

/** Maximum length of a canonical name in characters (OCI distribution-spec: host, port and name together). */
const MAX_REPOSITORY_CHARACTERS = 255;

/** One path component by the OCI distribution-spec ("Pulling manifests"). */
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;

/**
 * Parses a repository from anything that users paste (see `readPastedImage`), and drops tag and digest. Throws
 * `repository_invalid` with the reason and a suggestion.
 */
export function parseRepository(text: string): Repository {
  return repositoryOfName(readPastedImage(text).name);
}

/** Parses a bare image name, with or without host, to its canonical repository. Throws `repository_invalid`. */
export function repositoryOfName(name: string): Repository {
  const [first = "", ...rest] = name.split("/");
  const hasHost = looksLikeHost(first) && rest.length > 0;
  const host = hasHost ? hostOf(name, first) : DOCKER_HUB;
  const components = hasHost ? rest : [first, ...rest];
  for (const component of components) checkComponent(name, component);
  if (host === DOCKER_HUB) checkHubParts(name, components);
  const canonical = `${host}/${components.join("/")}`;
  if (canonical.length > MAX_REPOSITORY_CHARACTERS) {
    throw refuse(name, `it is longer than ${MAX_REPOSITORY_CHARACTERS} characters`, "Use a shorter name.");
  }
  return trusted(canonical);
}

/** The usual name: without `docker.io/`, but with any other host. `parseRepository` reads it back. */
export function familiarName(repository: Repository): string {
  return repositoryHost(repository) === DOCKER_HUB ? repositoryPath(repository) : repository;
}

/** The registry host: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
export function repositoryHost(repository: Repository): string {
  return repository.slice(0, repository.indexOf("/"));
}

/** The path on the registry: `acme/disk-lens`. */
export function repositoryPath(repository: Repository): string {
  return repository.slice(repository.indexOf("/") + 1);
}

function hostOf(name: string, part: string): string {
  const reading = readRegistryHost(part);
  if (reading.ok) return reading.host;
  throw refuse(
    name,
    reading.why,
    "Use the registry's host name and port, such as registry.example.com:5000/acme/disk-lens.",
  );
}

function checkComponent(name: string, component: string): void {
  if (COMPONENT.test(component)) return;
  if (component === "") throw refuse(name, "it has an empty part", "Use the form namespace/repository.");
  if (/[A-Z]/.test(component)) {
    throw refuse(name, "repository names must be lowercase", `Did you mean ${quoted(name.toLowerCase())}?`);
  }
  throw refuse(
    name,
    `the part ${quoted(component)} is invalid; each part consists of a-z and 0-9, separated by “.”, “_”, “__” or “-”`,
    "Check the name for other characters, including lookalike letters.",
  );
}

function checkHubParts(name: string, components: string[]): void {
  const [namespace = ""] = components;
  if (components.length === 2 && looksLikeHost(namespace)) {
    // Its familiar name would parse as a repository on another host.
    throw refuse(
      name,
      `${quoted(namespace)} is a registry and cannot be a Docker Hub namespace`,
      "Remove docker.io/, or check the namespace.",
    );
  }
  if (components.length === 2) return;
  if (components.length > 2) {
    throw refuse(
      name,
      "Docker Hub names have two parts",
      "Use the form namespace/repository, or prefix the registry's host.",
    );
  }
  if (looksLikeHost(namespace)) {
    throw refuse(
      name,
      "it names only a registry",
      `Add the namespace and repository: ${namespace}/acme/disk-lens.`,
    );
  }
  throw refuse(
    name,
    "it has no namespace, and single-part names are Docker Official Images, not extensions",
    `Prefix the Docker Hub namespace, such as acme/${namespace}.`,
  );
}

function refuse(name: string, why: string, suggestion: string): AppError {
  return new AppError("repository_invalid", `${quoted(name)} is not an image name: ${why}.`, {
    suggestion,
  });
}

/** The cast is safe: `repositoryOfName` has validated host, components and length. */
function trusted(canonical: string): Repository {
  return canonical as Repository;
}
