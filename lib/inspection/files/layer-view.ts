import { setImmediate as nextTurn } from "node:timers/promises";
import { type LookupTrace, noteOddities, noteOddity, passOver } from "@/lib/inspection/files/lookup-trace";
import { type LayerNode, opinionOf } from "@/lib/inspection/layers/layer-directory";
import type { LayerOutcome, LayerRef } from "@/lib/inspection/layers/layer-reader";

/** Where a lookup gets its layers: see `LayerReader.outcome`. */
export type LayerSource = { outcome(layer: LayerRef): Promise<LayerOutcome> };

/** What the layers together have at a path. `layer`: the index of the layer that decides, from the top. */
export type Seen =
  | { kind: "node"; node: LayerNode; layer: number }
  | { kind: "absent" }
  | { kind: "malformed"; layer: LayerRef; reason: string };

type Look = { seen: Seen; deepest: number; trace: LookupTrace };

/** Layers asked before other work gets a turn: some microseconds each. */
const ASKED_AT_ONCE = 256;

/** The layers of one platform's image, laid over each other. Remembers its answers, because paths share folders. */
export class LayerView {
  readonly layers: readonly LayerRef[];
  readonly #source: LayerSource;
  readonly #known = new Map<string, Look>();
  #asked = 0;

  /** `layers` from the top down. */
  constructor(layers: readonly LayerRef[], source: LayerSource) {
    this.layers = layers;
    this.#source = source;
  }

  /** Questions to layers about a path so far. */
  get asked(): number {
    return this.#asked;
  }

  /**
   * The node of the topmost layer that says anything about the path, ignoring the `from` topmost ones. Adds what it
   * encountered to `trace`. `deepest`: the index of the lowest layer that contributed.
   */
  async see(path: string, from: number, trace: LookupTrace): Promise<{ seen: Seen; deepest: number }> {
    const key = `${from} ${path}`;
    const look = this.#known.get(key) ?? (await this.look(path, from));
    this.#known.set(key, look);
    for (const { layer, problem } of look.trace.skipped) passOver(trace, layer, problem);
    for (const { layer, path: at, oddity } of look.trace.oddities) noteOddity(trace, layer, at, oddity);
    return look;
  }

  private async look(path: string, from: number): Promise<Look> {
    const trace: LookupTrace = { skipped: [], oddities: [] };
    for (const [index, layer] of this.layers.entries()) {
      if (index < from) continue;
      this.#asked += 1;
      if (this.#asked % ASKED_AT_ONCE === 0) await nextTurn();
      const outcome = await this.#source.outcome(layer);
      if (outcome.kind === "malformed") {
        return { seen: { kind: "malformed", layer, reason: outcome.reason }, deepest: index, trace };
      }
      if (outcome.kind !== "read") {
        passOver(trace, layer, outcome);
        continue;
      }
      noteOddities(trace, layer, outcome.directory, path);
      const opinion = opinionOf(outcome.directory, path);
      if (opinion === "hides") return { seen: { kind: "absent" }, deepest: index, trace };
      if (opinion !== undefined) {
        return { seen: { kind: "node", node: opinion, layer: index }, deepest: index, trace };
      }
    }
    return { seen: { kind: "absent" }, deepest: this.layers.length - 1, trace };
  }
}
