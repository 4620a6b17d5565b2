import { familiarName, type Repository } from "@/lib/extension/reference/repository";

/** The subject of a request: its wording in messages, and the context that decides what a 404 means. */
export type Subject = {
  repository: Repository;
  kind: "tags" | "manifest" | "blob" | "referrers" | "token" | "login";
  /** The tag or digest, if any. */
  reference?: string;
};

/** `the tag list of acme/disk-lens`, `acme/disk-lens:1.0.0`. */
export function subjectText({ repository, kind, reference = "" }: Subject): string {
  const name = familiarName(repository);
  switch (kind) {
    case "tags":
      return `the tag list of ${name}`;
    case "token":
      return `a token for ${name}`;
    case "login":
      return "a login";
    case "manifest":
      return `${name}${reference.includes(":") ? "@" : ":"}${reference}`;
    case "referrers":
      return `the referrers of ${name}@${reference}`;
    case "blob":
      return `the blob ${reference} of ${name}`;
  }
}
