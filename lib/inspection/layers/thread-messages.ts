/**
 * Messages between the main thread and a layer thread. The thread requests each chunk, so that at most one is in
 * transit: the main thread sends `read`, then answers every `more` with `bytes`, `end` or `abandon`, until `done`
 * arrives. `abandon`: the source failed, and the outcome is not needed.
 */

import type { LayerAllowance, LayerSpending } from "@/lib/archive/layer-budget";
import type { LayerWalk } from "@/lib/inspection/layers/walk-layer";
import type { WantedFiles } from "@/lib/inspection/layers/wanted-files";

export type ReadLayerMessage = { kind: "read"; wanted: WantedFiles; allowance: LayerAllowance };

export type SourceMessage =
  | { kind: "bytes"; bytes: Uint8Array<ArrayBuffer> }
  | { kind: "end" }
  | { kind: "abandon" };

export type ToThread = ReadLayerMessage | SourceMessage;

export type FromThread = { kind: "ready" | "more" } | { kind: "done"; walk: LayerWalk; spent: LayerSpending };
