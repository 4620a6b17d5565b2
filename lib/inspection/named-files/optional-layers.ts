import type { UnreadLayer } from "@/lib/archive/layer-problem";
import type { Digest } from "@/lib/extension/reference/digest";
import type { LayerSource } from "@/lib/inspection/files/layer-view";
import type { LayerReader } from "@/lib/inspection/layers/layer-reader";
import { isAppError } from "@/lib/platform/errors";

export type OptionalLayersOptions = {
  reader: LayerReader;
  /** Time for all layers together. */
  timeoutMs: number;
  /** Aborts the whole inspection. */
  signal: AbortSignal;
};

/**
 * Layers for a check that an inspection can do without. They spend what the inspection left of its budget. A limit, a
 * timeout or an error of the registry leaves a layer unread and never ends the inspection. Throws only the reason of
 * `signal`.
 */
export function optionalLayers({ reader, timeoutMs, signal }: OptionalLayersOptions): LayerSource {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const unread = new Map<Digest, UnreadLayer>();
  const leaveOut = (digest: Digest, problem: UnreadLayer): UnreadLayer => {
    unread.set(digest, problem);
    return problem;
  };
  return {
    async outcome(layer) {
      const before = unread.get(layer.digest);
      if (before !== undefined) return before;
      try {
        const walked = await reader.attempt(layer, { signal: soon });
        if (walked.kind === "out_of_time") return leaveOut(layer.digest, tooSlow(walked.reason));
        return walked.kind === "over_limit" ? leaveOut(layer.digest, walked) : walked;
      } catch (error) {
        signal.throwIfAborted();
        if (soon.aborted)
          return leaveOut(layer.digest, tooSlow(`the layers took more than ${timeoutMs / 1000} seconds`));
        if (!isAppError(error)) throw error;
        return leaveOut(layer.digest, { kind: "failed", reason: "the registry did not deliver it" });
      }
    },
  };
}

function tooSlow(reason: string): UnreadLayer {
  return { kind: "over_limit", reason };
}
