import { foldersAbove } from "@/lib/archive/entry-path";
import type { UnreadLayer } from "@/lib/archive/layer-problem";
import type { Oddity } from "@/lib/archive/oddity";
import { factsAt, type LayerDirectory } from "@/lib/inspection/layers/layer-directory";
import type { LayerRef } from "@/lib/inspection/layers/layer-reader";

/** What was met on the way to a path, whether or not the file was found. */
export type LookupTrace = {
  /** Layers that were passed over unread although they might hold or hide the file. */
  skipped: { layer: LayerRef; problem: UnreadLayer }[];
  oddities: { layer: LayerRef; path: string; oddity: Oddity }[];
};

/** Told once per layer. */
export function passOver(trace: LookupTrace, layer: LayerRef, problem: UnreadLayer): void {
  if (!trace.skipped.some((known) => known.layer.digest === layer.digest)) {
    trace.skipped.push({ layer, problem });
  }
}

/** What the layer says about the path, the folders above it and the whole image that unpackers may read differently. */
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

/** Told once per layer, path and kind. */
export function noteOddity(trace: LookupTrace, layer: LayerRef, path: string, oddity: Oddity): void {
  const known = trace.oddities.some(
    (one) => one.layer.digest === layer.digest && one.path === path && one.oddity === oddity,
  );
  if (!known) trace.oddities.push({ layer, path, oddity });
}
