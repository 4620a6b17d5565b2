import type { OfferableVersion } from "@/lib/extension/offer/offerable-version";

/** A version for both platforms that needs `raw`, under its own text as tag. */
export function offerable(
  version: string,
  raw: string | null = ">= 0.2.3",
  changes: Partial<OfferableVersion> = {},
): OfferableVersion {
  return {
    tag: version,
    version,
    digest: `sha256:${version}`,
    platforms: [
      { os: "linux", architecture: "amd64" },
      { os: "linux", architecture: "arm64" },
    ],
    requirements: [
      { platform: "linux/amd64", raw },
      { platform: "linux/arm64", raw },
    ],
    hostBinaries: null,
    ...changes,
  };
}
