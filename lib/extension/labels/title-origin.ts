import { baseImageOfTitle } from "@/lib/extension/labels/base-image-titles";
import { BASE_IMAGE_LABELS } from "@/lib/extension/labels/label-names";

/** Where a title came from that the publisher probably did not choose. */
export type TitleOrigin = { kind: "repository"; repository: string } | { kind: "base_image"; image: string };

type Context = { labels: ReadonlyMap<string, string>; repository: string | undefined };

const OCI = "org.opencontainers.image.";
const SOURCES = [`${OCI}source`, `${OCI}url`];

/**
 * Whether the title is the name of a repository, as docker/metadata-action writes it, or was inherited from a base
 * image. Undefined for all other titles.
 */
export function titleOrigin(title: string, { labels, repository }: Context): TitleOrigin | undefined {
  const names = [repository, ...SOURCES.map((name) => pathIn(labels.get(name)))].filter(
    (name) => name !== undefined,
  );
  const named = names.find((name) => isNameOf(title, name, isWrittenByCi(labels)));
  if (named !== undefined) return { kind: "repository", repository: named };
  if (
    names.some((name) =>
      isOwnWord(
        title,
        name,
        BASE_IMAGE_LABELS.some((label) => labels.has(label)),
      ),
    )
  ) {
    return undefined;
  }
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

/**
 * Whether the publisher could mean the word: nginx can call an extension “nginx”, and so can the publisher of
 * nginx-tools, unless other labels of a base image are there, too.
 */
function isOwnWord(title: string, repository: string, hasBaseLabels: boolean): boolean {
  const word = slugOf(title);
  const path = slugOf(repository).split("/");
  return path.slice(0, -1).includes(word) || (!hasBaseLabels && path.some((part) => part.includes(word)));
}

/** Only build systems write the revision. */
function isWrittenByCi(labels: ReadonlyMap<string, string>): boolean {
  return (labels.get(`${OCI}revision`) ?? "") !== "";
}

/** `acme/disk-lens` for `https://github.com/acme/disk-lens.git`; deeper paths lead to a folder of the repository. */
function pathIn(address: string | undefined): string | undefined {
  const url = URL.parse(address ?? "");
  const [owner, name] = url?.pathname.split("/").filter((part) => part !== "") ?? [];
  return owner === undefined || name === undefined ? undefined : `${owner}/${name.replace(/\.git$/, "")}`;
}
