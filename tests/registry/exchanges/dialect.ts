/** How one vendor's registry speaks, as far as its documentation, its source or recorded exchanges say. */
export type Dialect = {
  /** The item of GANTRY_REGISTRIES, and the host part of repositories. */
  registry: string;
  /** A path with as many parts as the vendor's repositories have. */
  repository: string;
  /** The host of the API, of the token server and of the storage to which blobs redirect. */
  apiHost: string;
  /** The realm of the challenge; absent for Basic only. */
  realm?: string;
  service?: string;
  /** The scope of the challenge for a repository. Default: none. */
  scope?: (repository: string, kind: "tags" | "content") => string;
  /** The action that a tag list requires. Default: `pull`. */
  tagAction?: string;
  /** The token server's answer, with a token for what was asked. */
  tokenAnswer: (token: string) => Record<string, unknown>;
  /** Content type of answers to unauthorized requests, and their body. */
  unauthorized?: { contentType: string; body: string };
  /** What anonymous callers get for a private repository, or one that does not exist, and who says so. */
  denied: { by: "token server" | "registry"; status: number; body: string };
  missingTag: { status: number; body: string };
  /** The largest page that the registry sends. */
  pageMax: number;
  /** The target of the `Link` after a page. */
  link: (page: { path: string; last: string; n: number }) => string;
  /** More members of a tag list. */
  tagExtras?: Record<string, unknown>;
  /** Where blobs redirect to; storage on another host refuses requests with an `Authorization`. */
  storage?: (digest: string) => string;
  limited?: { headers: Record<string, string>; body: string; retryAfterSeconds: number };
  /** Credentials as an administrator stores them. */
  credentials: { username: string; password: string };
};

export const errors = (code: string, message: string, detail?: unknown): string =>
  JSON.stringify({ errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] });
