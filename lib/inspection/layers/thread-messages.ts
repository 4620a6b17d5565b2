/**
 * What the main thread and a thread that reads layers tell each other. The thread asks for each chunk, so that no
 * more than one is on its way: main sends `read`, then answers every `more` with `bytes`, `end` or `abandon`, until
 * `done` comes. `abandon`: the source failed, and nobody waits for the outcome any more.
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
