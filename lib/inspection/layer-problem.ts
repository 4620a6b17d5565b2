/**
 * Why a layer could not be read to its end.
 * `malformed`: the bytes are what the digest promises, and unpackers would refuse them too.
 * `skipped`: a limit of ours, or a compression that we cannot read: nothing is said about the layer.
 */
export type LayerProblemKind = "malformed" | "skipped";

/** Thrown inside the layer reader only; `walkLayer` turns it into a value. */
export class LayerProblem extends Error {
  readonly kind: LayerProblemKind;

  /** `reason` continues the sentence "The layer could not be read: …". */
  constructor(kind: LayerProblemKind, reason: string) {
    super(reason);
    this.name = "LayerProblem";
    this.kind = kind;
  }
}

export function malformed(reason: string): LayerProblem {
  return new LayerProblem("malformed", reason);
}

export function skipped(reason: string): LayerProblem {
  return new LayerProblem("skipped", reason);
}
