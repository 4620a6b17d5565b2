/** The documents of the public catalog, as clients receive them. Absent values are null; times are RFC 3339 UTC. */

import type { Capabilities } from "@/lib/extension/capabilities/capabilities";
import type { Confidence } from "@/lib/extension/desktop/desktop-release";
import type { Link } from "@/lib/extension/labels/label-lists";
import type { Metadata } from "@/lib/extension/metadata/metadata-document";
import type { ServedFinding } from "@/lib/extension/policy/policy";
import type { Refusal } from "@/lib/extension/reachability/availability";
import type { Channel } from "@/lib/extension/reference/semver";
import type { SupplyChainReport } from "@/lib/extension/report/supply-chain-report";
import type { Reading } from "@/lib/extension/requirement/requirement";
import type { VersionFacts } from "@/lib/marketplace/publishing/offerable";
import type { EntryFacts } from "@/lib/marketplace/rows/entry-facts";

export type RequirementDocument = {
  /** The label as found. Labels that differ between platforms are joined by “and”. */
  raw: string | null;
  /** The range in canonical form; null when the label cannot be parsed. */
  range: string | null;
  reading: Reading;
  /** Both interpretations; they differ only for a version without an operator. */
  readings: { minimum: string; exact: string } | null;
  /** The oldest known Docker Desktop release in range. */
  minimumDesktop: string | null;
  /** Why the label cannot be parsed. */
  message: string | null;
};

export type PlatformDocument = {
  os: string;
  architecture: string;
  variant: string | null;
  digest: string;
  /** Compressed size in bytes. */
  size: number;
};

export type VersionSummary = {
  tag: string;
  version: string;
  channel: Channel;
  digest: string;
  listedAt: string | null;
  requirement: RequirementDocument;
  platforms: PlatformDocument[];
};

export type Publisher = { name: string; verified: boolean };

export type ExtensionSummary = {
  repository: string;
  title: string | null;
  description: string | null;
  vendor: string | null;
  publisher: Publisher;
  categories: string[];
  /** A path on this origin. */
  icon: string | null;
  latest: VersionSummary | null;
  latestPrerelease: VersionSummary | null;
  deprecated: { message: string; replacement: string | null } | null;
  movedTo: string | null;
};

/** `url` is a path on this origin; sizes are in pixels. */
export type ScreenshotDocument = { url: string; alt: string; width: number; height: number };

export type EntryDocument = {
  track: EntryFacts["track"];
  range: string | null;
  pin: { tag: string; digest: string } | null;
  state: EntryFacts["state"];
  since: string;
  expiresAt: string | null;
};

export type ExtensionDocument = ExtensionSummary & {
  /** Since when the registry has refused access. Accepted versions stay listed by digest. */
  unavailable: { reason: Refusal; since: string; message: string } | null;
  /** Safe HTML. */
  detailedDescription: string | null;
  screenshots: ScreenshotDocument[];
  links: (Link & { rel: "publisher" | "source" | "other" })[];
  licenses: string | null;
  /** Every installable version, newest first. */
  versions: VersionSummary[];
  entry: EntryDocument;
};

export type VersionDocument = VersionSummary & {
  repository: string;
  reference: string;
  visibility: VersionFacts["visibility"];
  /** Why it is not offered; null when it is. */
  reason: { code: string; message: string } | null;
  /** The digest that the tag points to now, if it moved; users still get `digest`. */
  moved: { digest: string; seenAt: string } | null;
  /** Since when the registry no longer has the tag. */
  missingSince: string | null;
  /** What the registry serves for the tag now. `moved`: another image; `unavailable`: none. */
  availability: "available" | "moved" | "unavailable";
  /** The other version tags of the same image. */
  aliases: string[];
  attestations: { provenance: boolean; sbom: boolean };
  /** Present, not verified. */
  supplyChain: SupplyChainReport;
  capabilities: Capabilities;
  findings: ServedFinding[];
  /** From the reference platform, verbatim: untrusted text. */
  labels: Record<string, string>;
  metadata: (Omit<Metadata, "notUnderstood"> & { proof: "full" | "partial"; layer: string }) | null;
  /** Safe HTML. */
  changelog: string | null;
};

export type OfferDocument = {
  offer: {
    tag: string;
    version: string;
    digest: string;
    /** Always by digest. */
    reference: string;
    confidence: Confidence;
    warnings: { code: string; message: string }[];
  } | null;
  newest: { tag: string; version: string; digest: string } | null;
  reason: {
    code: string;
    message: string;
    /** The nearest newer release known to run the newest version. */
    minimumDesktop: string | null;
    /** The nearest older release known to run it. */
    maximumDesktop: string | null;
  };
};
