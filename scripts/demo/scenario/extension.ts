/** A fictional extension, and what happens to it in the demo. */

export type DemoExtension = {
  /** Repository name as on Docker Hub. */
  repository: string;
  title: string;
  vendor: string;
  /** One sentence. */
  summary: string;
  /** HTML. */
  description: string;
  categories: string[];
  /** Icon as SVG of 64 × 64. */
  icon: string;
  /** The required Extension API version; versions can override it. */
  requires: string;
  license?: string;
  /** Default: both platforms. */
  architectures?: Architecture[];
  /** Size of the placeholder for its programs, per architecture. */
  payloadBytes: number;
  /** Has a backend container from its own image. */
  backend?: boolean;
  needsAccount?: boolean;
  /** In label order. */
  screenshots?: Screenshot[];
  /** Files that its labels link to and that the site lacks: `icon.svg`, `docs`, `a-screenshot.png`. */
  gone?: string[];
  /** Initial content of its repository. */
  versions: DemoVersion[];
  story: Step[];
};

export type Screenshot = {
  /** File name without extension. */
  name: string;
  alt: string;
  svg: string;
};

export type Architecture = "amd64" | "arm64";

export type DemoVersion = {
  tag: string;
  /** Build date. */
  built: string;
  requires?: string;
  /** Default: those of the extension. */
  architectures?: Architecture[];
  /** One line each. */
  changes: string[];
  /** Programs that it installs on the host. */
  hostBinaries?: boolean;
  /** Compose file of its backend, if it uses more than its own image. */
  compose?: string;
  /** Labels that the publisher forgot (null) or got wrong. */
  labels?: Record<string, string | null>;
  /** Its index contains BuildKit provenance and a bill of materials. */
  provenance?: boolean;
  /** Signed by its publisher's release workflow: with cosign's tag, or a Sigstore bundle as a referrer. */
  signed?: "tag" | "referrer";
};

export type PersonName = "admin" | "reviewer" | "publisher" | "partner";

/** One step of the scenario, performed through the public API. */
export type Step =
  | { do: "submit"; by: PersonName; expect: "in_review" | "needs_changes" }
  | { do: "approve"; range?: string }
  | { do: "request_changes"; reason: string }
  | { do: "push"; version: DemoVersion }
  /** Scans for new and moved tags. */
  | { do: "scan" }
  | { do: "yank"; tag: string; reason: string }
  | { do: "deprecate"; message: string; replacement: string }
  | { do: "suspend"; reason: string }
  | { do: "revoke"; reason: string };
