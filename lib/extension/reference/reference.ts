import { type Digest, parseDigest } from "@/lib/extension/reference/digest";
import { type PastedImage, readPastedImage } from "@/lib/extension/reference/pasted-image";
import { familiarName, type Repository, repositoryOfName } from "@/lib/extension/reference/repository";
import { parseTag, type Tag } from "@/lib/extension/reference/tag";
import { quoted } from "@/lib/extension/text/quoted";
import { AppError } from "@/lib/platform/errors";

/** One image: a repository with a tag, a digest, both or neither. With both, the digest decides. */
export type Reference = { repository: Repository; tag?: Tag; digest?: Digest };

/**
 * Parses an image reference, as tolerantly as `parseRepository`. Throws `repository_invalid` for the name and
 * `reference_invalid` for tag or digest.
 */
export function parseReference(text: string): Reference {
  const pasted = readPastedImage(text);
  const reference: Reference = { repository: repositoryOfName(pasted.name) };
  if (pasted.tag !== undefined) reference.tag = tagOf(pasted, pasted.tag);
  if (pasted.digest !== undefined) reference.digest = digestOf(pasted, pasted.digest);
  return reference;
}

/** Formats a reference as `acme/disk-lens:1.0.0@sha256:…` with the familiar name. `parseReference` reads it back. */
export function formatReference(reference: Reference): string {
  const tag = reference.tag === undefined ? "" : `:${reference.tag}`;
  const digest = reference.digest === undefined ? "" : `@${reference.digest}`;
  return `${familiarName(reference.repository)}${tag}${digest}`;
}

function tagOf(pasted: PastedImage, text: string): Tag {
  const tag = parseTag(text);
  if (tag !== undefined) return tag;
  throw new AppError("reference_invalid", `${quoted(text)} is not a valid tag for ${quoted(pasted.name)}.`, {
    suggestion: "Use 1 to 128 letters, digits, “_”, “.” or “-”, such as 1.0.0.",
  });
}

function digestOf(pasted: PastedImage, text: string): Digest {
  const digest = parseDigest(text);
  if (digest !== undefined) return digest;
  throw new AppError(
    "reference_invalid",
    `${quoted(text)} is not a valid digest for ${quoted(pasted.name)}.`,
    {
      suggestion: "Use sha256: followed by 64 lowercase hexadecimal digits, or sha512: followed by 128.",
    },
  );
}
