/** Whose requests registries count together for their rate limits, as they document it. */

export type DocumentedLimit = {
  /** The host part of repositories. */
  host: RegExp;
  /** Completes "It counts requests per …". None of these registries documents a limit per repository. */
  per: string;
  source: string;
};

export const DOCUMENTED_LIMITS: readonly DocumentedLimit[] = [
  {
    host: /^docker\.io$/,
    per: "IPv4 address or IPv6 /64 network, or per account",
    source: "https://docs.docker.com/docker-hub/usage/",
  },
  {
    host: /^quay\.io$/,
    per: "IP address and API endpoint",
    source: "https://access.redhat.com/solutions/6218921",
  },
  {
    host: /^registry\.gitlab\.com$/,
    per: "IP address and user",
    source: "https://docs.gitlab.com/security/rate_limits/",
  },
  {
    host: /^(?:[a-z]+\.)?gcr\.io$/,
    per: "IP address",
    source: "https://cloud.google.com/container-registry/quotas",
  },
  {
    host: /-docker\.pkg\.dev$/,
    per: "project",
    source: "https://cloud.google.com/container-registry/quotas",
  },
  {
    host: /\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com$/,
    per: "account, region and API operation",
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors.html",
  },
];

/** A sentence about whose requests count for the rate limit of this host; empty if it is not known. */
export function countedTogether(host: string): string {
  const known = DOCUMENTED_LIMITS.find((limit) => limit.host.test(host));
  return known === undefined
    ? ""
    : `${host} counts requests per ${known.per}, so other programs can use them up.`;
}
