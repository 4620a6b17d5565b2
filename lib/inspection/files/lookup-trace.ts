import { foldersAbove } from "@/lib/archive/entry-path";
import type { UnreadLayer } from "@/lib/archive/layer-problem";
import type { Oddity } from "@/lib/archive/oddity";
import { factsAt, type LayerDirectory } from "@/lib/inspection/layers/layer-directory";
import type { LayerRef } from "@/lib/inspection/layers/layer-reader";

/** What a lookup encountered on the way to a path, whether or not it found the file. */
export type LookupTrace = {
  /** Layers that were skipped unread, although they could contain or hide the file. */
  skipped: { layer: LayerRef; problem: UnreadLayer }[];
  oddities: { layer: LayerRef; path: string; oddity: Oddity }[];
};

/** Records a skipped layer, once. */
export function passOver(trace: LookupTrace, layer: LayerRef, problem: UnreadLayer): void {
  if (!trace.skipped.some((known) => known.layer.digest === layer.digest)) {
    trace.skipped.push({ layer, problem });
  }
}

/** Records what unpackers can read differently: at the path, at the folders above it, and in the whole image. */
export function noteOddities(
  trace: LookupTrace,
  layer: LayerRef,
  directory: LayerDirectory,
  path: string,
): void {
  for (const at of new Set(["", ...foldersAbove(path), path])) {
    const oddity = factsAt(directory, at)?.oddity;
    if (oddity !== undefined) noteOddity(trace, layer, at, oddity);
  }
}

/** Records an oddity once per layer, path and kind. */
export function noteOddity(trace: LookupTrace, layer: LayerRef, path: string, oddity: Oddity): void {
  const known = trace.oddities.some(
    (one) => one.layer.digest === layer.digest && one.path === path && one.oddity === oddity,
  );
  if (!known) trace.oddities.push({ layer, path, oddity });
}
