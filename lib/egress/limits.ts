/** Default bounds of one outgoing request. A caller may set tighter or looser ones. */
export type EgressLimits = {
  /** Name lookup, TCP and TLS together. */
  connectTimeoutMs: number;
  /** From the request being sent to the last header. */
  headersTimeoutMs: number;
  /** Longest silence inside a body. */
  idleTimeoutMs: number;
  /** From the call to the last byte of the body; the answer to a server that trickles. */
  totalTimeoutMs: number;
  headerBytes: number;
  connectionsPerOrigin: number;
};

export const EGRESS_LIMITS: EgressLimits = {
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 10_000,
  idleTimeoutMs: 10_000,
  totalTimeoutMs: 60_000,
  headerBytes: 32 * 1024,
  connectionsPerOrigin: 16,
};
