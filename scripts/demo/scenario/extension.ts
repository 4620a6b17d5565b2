/** What a made-up extension is, and what happens to it in the demo. */

export type DemoExtension = {
  /** As it would be called on Docker Hub. */
  repository: string;
  title: string;
  vendor: string;
  /** One sentence. */
  summary: string;
  /** HTML. */
  description: string;
  categories: string[];
  /** SVG of 64 × 64. */
  icon: string;
  /** The required Extension API version, unless a version says otherwise. */
  requires: string;
  licence?: string;
  /** Both, unless it says otherwise. */
  architectures?: Architecture[];
  /** Size of the part that stands for its programs, for each architecture. */
  payloadBytes: number;
  /** It has a backend container of its own image. */
  backend?: boolean;
  needsAccount?: boolean;
  /** In the order of its label. */
  screenshots?: Screenshot[];
  /** Files that its labels name and its maker's site does not have: `icon.svg`, `docs`, `a-screenshot.png`. */
  gone?: string[];
  /** What its repository holds before anything happens. */
  versions: DemoVersion[];
  story: Step[];
};

export type Screenshot = {
  /** Of its file, without the ending. */
  name: string;
  alt: string;
  svg: string;
};

export type Architecture = "amd64" | "arm64";

export type DemoVersion = {
  tag: string;
  /** Day of its build. */
  built: string;
  requires?: string;
  /** Those of the extension, unless it says otherwise. */
  architectures?: Architecture[];
  /** One line each. */
  changes: string[];
  /** Programs that it copies to the host. */
  hostBinaries?: boolean;
  /** The compose file of its backend, in place of its own image alone. */
  compose?: string;
  /** What its publisher forgot (null) or got wrong. */
  labels?: Record<string, string | null>;
  /** BuildKit's provenance and bill of materials stand in its index. */
  provenance?: boolean;
  /** Signed by the release workflow of its makers: cosign's tag beside it, or a Sigstore bundle that refers to it. */
  signed?: "tag" | "referrer";
};

export type PersonName = "admin" | "reviewer" | "publisher" | "partner";

/** One thing that somebody does, by the same requests as everybody's client. */
export type Step =
  | { do: "submit"; by: PersonName; expect: "in_review" | "needs_changes" }
  | { do: "approve"; range?: string }
  | { do: "request_changes"; reason: string }
  | { do: "push"; version: DemoVersion }
  /** Looks for new and moved tags now. */
  | { do: "scan" }
  | { do: "yank"; tag: string; reason: string }
  | { do: "deprecate"; message: string; replacement: string }
  | { do: "suspend"; reason: string }
  | { do: "revoke"; reason: string };
