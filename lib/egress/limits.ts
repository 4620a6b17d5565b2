/** Default limits of one outgoing request. Callers can override them. */
export type EgressLimits = {
  /** DNS lookup, TCP and TLS together. */
  connectTimeoutMs: number;
  /** From sending the request to receiving the last header. */
  headersTimeoutMs: number;
  /** Longest pause between two chunks of a body. */
  idleTimeoutMs: number;
  /** From the call to the last byte of the body; protects against servers that send slowly (slowloris). */
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
