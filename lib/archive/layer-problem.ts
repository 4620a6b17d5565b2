/** The compression of a layer by its first bytes; media types are not believed. */
export type Compression = "gzip" | "zstd" | "xz" | "bzip2" | "none";

/**
 * Why a layer could not be read to its end.
 * `malformed`: the bytes are what the digest promises, and they are no archive that every unpacker accepts.
 * `over_limit`, `unsupported` (a compression that is not read here), `foreign` (to be fetched from elsewhere): it is
 * our choice not to read it, and nothing is said about the layer. `failed`: our reader broke over it.
 * `out_of_time`: this machine was too slow this time. Another try may succeed, so it is never stored.
 */
export type LayerProblem = MalformedLayer | UnreadLayer | OutOfTime;

/** `reason` continues the sentence "The layer could not be read: …". */
export type MalformedLayer = { kind: "malformed"; reason: string };

/** `reason` continues the sentence "The image could not be inspected in time: …". */
export type OutOfTime = { kind: "out_of_time"; reason: string };

export type UnreadLayer =
  | { kind: "over_limit" | "foreign" | "failed"; reason: string }
  | { kind: "unsupported"; reason: string; compression: Compression };

/** Thrown inside the layer reader only; `walkLayer` turns it into a value. */
export class LayerProblemError extends Error {
  readonly problem: LayerProblem;

  constructor(problem: LayerProblem) {
    super(problem.reason);
    this.name = "LayerProblemError";
    this.problem = problem;
  }
}

export function malformed(reason: string): LayerProblemError {
  return new LayerProblemError({ kind: "malformed", reason });
}

export function overLimit(reason: string): LayerProblemError {
  return new LayerProblemError({ kind: "over_limit", reason });
}

export function outOfTime(reason: string): LayerProblemError {
  return new LayerProblemError({ kind: "out_of_time", reason });
}

export function unsupported(compression: Compression): LayerProblemError {
  const reason = `it is compressed with ${compression}, which Gantry does not support`;
  return new LayerProblemError({ kind: "unsupported", reason, compression });
}
