import { baseImageOfTitle } from "@/lib/extension/labels/base-image-titles";

/** Where a title came from that the publisher probably did not choose. */
export type TitleOrigin = { kind: "repository"; repository: string } | { kind: "base_image"; image: string };

type Context = { labels: ReadonlyMap<string, string>; repository: string | undefined };

const OCI = "org.opencontainers.image.";

/**
 * Whether the title is the name of a repository, as docker/metadata-action writes it, or was inherited from a base
 * image. Undefined for all other titles.
 */
export function titleOrigin(title: string, { labels, repository }: Context): TitleOrigin | undefined {
  const names = [repository, sourcePath(labels)].filter((name) => name !== undefined);
  const named = names.find((name) => isNameOf(title, name, isWrittenByCi(labels)));
  if (named !== undefined) return { kind: "repository", repository: named };
  // The publisher of nginx can call an extension “nginx”.
  if (names.some((name) => slugOf(name).includes(slugOf(title)))) return undefined;
  const image = baseImageOfTitle(title, labels.get(`${OCI}base.name`));
  return image === undefined ? undefined : { kind: "base_image", image };
}

/**
 * Words joined by hyphens are the name of a repository. A single word can be a brand that is written in lowercase, so
 * that it only counts if CI metadata is beside it.
 */
function isNameOf(title: string, repository: string, isCi: boolean): boolean {
  if (/\s/.test(title)) return false;
  const path = repository.split("/");
  const isName = [path.slice(-1), path.slice(-2)].some((end) => slugOf(end.join("/")) === slugOf(title));
  return isName && (/[-_./]/.test(title) || (isCi && path.at(-1) === title));
}

function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_.]+/g, "-");
}

/** Only build systems write the revision. */
function isWrittenByCi(labels: ReadonlyMap<string, string>): boolean {
  return (labels.get(`${OCI}revision`) ?? "") !== "";
}

/** `acme/disk-lens` for `https://github.com/acme/disk-lens.git`; deeper paths lead to a folder of the repository. */
function sourcePath(labels: ReadonlyMap<string, string>): string | undefined {
  const url = URL.parse(labels.get(`${OCI}source`) ?? "");
  const [owner, name] = url?.pathname.split("/").filter((part) => part !== "") ?? [];
  return owner === undefined || name === undefined ? undefined : `${owner}/${name.replace(/\.git$/, "")}`;
}
