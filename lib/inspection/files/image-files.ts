import { setImmediate as nextTurn } from "node:timers/promises";
import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import { joinPath } from "@/lib/archive/entry-path";
import { noteEnteredFolders } from "@/lib/inspection/files/entered-folders";
import { type LayerSource, LayerView } from "@/lib/inspection/files/layer-view";
import type { LookupTrace } from "@/lib/inspection/files/lookup-trace";
import type { LayerDirectory, LayerNode } from "@/lib/inspection/layers/layer-directory";
import type { LayerRef } from "@/lib/inspection/layers/layer-reader";
import type { Program } from "@/lib/inspection/layers/program";

/** `path`: without the links on the way to it. */
export type FoundFile = {
  kind: "file";
  layer: LayerRef;
  path: string;
  sizeBytes: number;
  body: number;
  program?: Program | undefined;
};

/** `at` of something missing: the first path on the way that the image does not have. */
export type Lookup = { trace: LookupTrace } & (
  | FoundFile
  | { kind: "absent"; at: string }
  | { kind: "not_a_file"; type: "folder" | "device or other special file"; path: string }
  /** A link that is broken, circular, or points outside the image. `reason` is part of a sentence. */
  | { kind: "broken_link"; target: string; reason: string; at?: string }
  | { kind: "malformed"; layer: LayerRef; reason: string }
);

/** `complete`: false if finding them takes too long. */
export type ImageDoubts = LookupTrace & { complete: boolean };

/** `deepest`: the index of the lowest layer that contributed, from the top. */
export type Located = Lookup & { deepest: number };

/**
 * Looks up files of one platform's image from the top layer down, without unpacking it (image-spec layer.md,
 * "Applying Changesets"). Reads layers one by one, and none below the one that decides.
 */
export class ImageFiles {
  readonly #view: LayerView;
  readonly #source: LayerSource;
  #doubts: Promise<ImageDoubts> | undefined;

  /** `layers` in manifest order, the lowest first. */
  constructor(layers: readonly LayerRef[], source: LayerSource) {
    this.#view = new LayerView(layers.toReversed(), source);
    this.#source = source;
  }

  /** The layers from the top down. */
  get layers(): readonly LayerRef[] {
    return this.#view.layers;
  }

  /** See `LayerView.steps`. */
  get steps(): number {
    return this.#view.steps;
  }

  /**
   * Finds the file at `path` in the unpacked image, following links inside the image. Docker reads unpaired
   * surrogates, which encode names that are not UTF-8, as U+FFFD.
   */
  async find(path: string): Promise<Lookup> {
    const { deepest, ...lookup } = await this.locate(path);
    await noteEnteredFolders(lookup.trace, this.layers, deepest + 1, this.#source);
    return lookup;
  }

  /** Like `find`, without the doubts of the whole image: see `doubts`. */
  async locate(path: string): Promise<Located> {
    return new Search(this.#view).find(path.toWellFormed());
  }

  /**
   * What each of the topmost `count` layers contains, from the top down, without those that could not be read. Other
   * work gets a turn before each, because a layer can have many paths.
   */
  async *directories(count = this.layers.length): AsyncGenerator<LayerDirectory> {
    for (const layer of this.layers.slice(0, count)) {
      await nextTurn();
      const outcome = await this.#source.outcome(layer);
      if (outcome.kind === "read") yield outcome.directory;
    }
  }

  /** What makes unpackers differ about every path of the image, found once: see `noteEnteredFolders`. */
  async doubts(stepsMax: number): Promise<ImageDoubts> {
    const trace: LookupTrace = { skipped: [], oddities: [] };
    const { layers } = this;
    this.#doubts ??= noteEnteredFolders(trace, layers, layers.length, this.#source, stepsMax).then(
      (complete) => ({ ...trace, complete }),
    );
    return this.#doubts;
  }
}

/** Resolves one path, folder by folder, as `chroot` would. */
class Search {
  readonly #view: LayerView;
  readonly #trace: LookupTrace = { skipped: [], oddities: [] };
  #segments: string[] = [];
  #at: string[] = [];
  #hops = 0;
  #firstTarget: string | undefined;
  /** Layers above this index are ignored: a hard link sees only the layers below the one that creates it. */
  #from = 0;
  /** The lowest layer that contributed to the result. */
  #deepest = -1;

  constructor(view: LayerView) {
    this.#view = view;
  }

  async find(path: string): Promise<Located> {
    const end = await this.walk(path);
    return { trace: this.#trace, deepest: this.#deepest, ...end };
  }

  private async walk(path: string): Promise<End> {
    this.#segments = path.split("/");
    for (;;) {
      const segment = this.#segments.shift();
      if (segment === undefined) return { kind: "not_a_file", type: "folder", path: this.#at.join("/") };
      const end = segment === ".." ? this.up() : await this.step(segment);
      if (end !== undefined) return end;
    }
  }

  private up(): End | undefined {
    if (this.#at.pop() !== undefined) return undefined;
    return this.broken("it points outside the image");
  }

  private async step(segment: string): Promise<End | undefined> {
    if (segment === "" || segment === ".") return undefined;
    const path = joinPath(this.#at.join("/"), segment);
    const { seen, deepest } = await this.#view.see(path, this.#from, this.#trace);
    this.#deepest = Math.max(this.#deepest, deepest);
    if (seen.kind === "malformed") return seen;
    if (seen.kind === "absent") return this.missing(path);
    switch (seen.node.kind) {
      case "directory":
        this.#at.push(segment);
        return undefined;
      case "file":
        return this.isOnTheWay() ? this.missing(path) : this.found(path, seen.node, seen.layer);
      case "symlink":
        return this.follow(seen.node.target);
      case "hardlink":
        this.#from = seen.layer + 1;
        return this.follow(`/${seen.node.target}`);
      case "special":
        if (this.isOnTheWay()) return this.missing(path);
        return { kind: "not_a_file", type: "device or other special file", path };
    }
  }

  /** Whether the lookup continues below this node, which only a folder allows. */
  private isOnTheWay(): boolean {
    return this.#segments.some((rest) => rest !== "" && rest !== ".");
  }

  private found(path: string, node: LayerNode & { kind: "file" }, at: number): End {
    const layer = this.#view.layers[at];
    if (layer === undefined) return { kind: "absent", at: path };
    return {
      kind: "file",
      layer,
      path,
      sizeBytes: node.sizeBytes,
      body: node.body,
      program: node.program,
    };
  }

  private missing(path: string): End {
    if (this.#hops === 0) return { kind: "absent", at: path };
    return this.broken(`it points to /${path}, which is not in the image`, path);
  }

  private follow(target: string): End | undefined {
    this.#hops++;
    this.#firstTarget ??= target;
    if (this.#hops > ARCHIVE_LIMITS.linkHops) {
      return this.broken(`it needs more than ${ARCHIVE_LIMITS.linkHops} links to resolve`);
    }
    if (target.startsWith("/")) this.#at = [];
    this.#segments = [...target.split("/"), ...this.#segments];
    if (this.#segments.length > ARCHIVE_LIMITS.pathSegments) {
      return this.broken("its target is too long");
    }
    return undefined;
  }

  private broken(reason: string, at?: string): End {
    return { kind: "broken_link", target: this.#firstTarget ?? "", reason, ...(at !== undefined && { at }) };
  }
}

type End = Lookup extends infer Each ? (Each extends unknown ? Omit<Each, "trace"> : never) : never;
