/** The compression of a layer, detected by its first bytes; media types are not trusted. */
export type Compression = "gzip" | "zstd" | "xz" | "bzip2" | "none";

/**
 * Why a layer could not be read completely. `malformed`: the bytes match the digest, but are not an archive that
 * every unpacker accepts. `over_limit`, `unsupported` (compression), `foreign` (stored elsewhere): Gantry chose not
 * to read it, which says nothing about the layer. `failed`: the layer reader crashed. `out_of_time`: this machine was
 * too slow; another attempt can succeed, so this is never stored.
 */
export type LayerProblem = MalformedLayer | UnreadLayer | OutOfTime;

/** `reason` completes the sentence "Gantry could not read the layer: …". */
export type MalformedLayer = { kind: "malformed"; reason: string };

/** `reason` completes the sentence "The image could not be inspected in time: …". */
export type OutOfTime = { kind: "out_of_time"; reason: string };

export type UnreadLayer =
  | { kind: "over_limit" | "foreign" | "failed"; reason: string }
  | { kind: "unsupported"; reason: string; compression: Compression };

/** Thrown only inside the layer reader; `walkLayer` converts it to a value. */
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
