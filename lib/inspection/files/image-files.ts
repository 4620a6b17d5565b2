import { ARCHIVE_LIMITS } from "@/lib/archive/archive-limits";
import { joinPath } from "@/lib/archive/entry-path";
import { noteEnteredFolders } from "@/lib/inspection/files/entered-folders";
import { type LookupTrace, noteOddities, passOver } from "@/lib/inspection/files/lookup-trace";
import { type LayerNode, opinionOf } from "@/lib/inspection/layers/layer-directory";
import type { LayerReader, LayerRef } from "@/lib/inspection/layers/layer-reader";

export type FoundFile = { kind: "file"; layer: LayerRef; path: string; sizeBytes: number; body: number };

export type Lookup = { trace: LookupTrace } & (
  | FoundFile
  | { kind: "absent" }
  | { kind: "not_a_file"; type: "folder" | "device or other special file" }
  /** A link that is broken, circular, or points outside the image. `reason` is part of a sentence. */
  | { kind: "broken_link"; target: string; reason: string }
  | { kind: "malformed"; layer: LayerRef; reason: string }
);

type Seen =
  | { kind: "node"; node: LayerNode; layer: number }
  | { kind: "absent" }
  | { kind: "malformed"; layer: LayerRef; reason: string };

/**
 * Looks up files of one platform's image from the top layer down, without unpacking it (image-spec layer.md,
 * "Applying Changesets"). Reads layers one by one, and none below the one that decides.
 */
export class ImageFiles {
  readonly #layers: readonly LayerRef[];
  readonly #reader: LayerReader;

  /** `layers` in manifest order, the lowest first. */
  constructor(layers: readonly LayerRef[], reader: LayerReader) {
    this.#layers = layers.toReversed();
    this.#reader = reader;
  }

  /**
   * Finds the file at `path` in the unpacked image, following links inside the image. Docker reads unpaired
   * surrogates, which encode names that are not UTF-8, as U+FFFD.
   */
  async find(path: string): Promise<Lookup> {
    return new Search(this.#layers, this.#reader).find(path.toWellFormed());
  }
}

/** Resolves one path, folder by folder, as `chroot` would. */
class Search {
  readonly #layers: readonly LayerRef[];
  readonly #reader: LayerReader;
  readonly #trace: LookupTrace = { skipped: [], oddities: [] };
  #segments: string[] = [];
  #at: string[] = [];
  #hops = 0;
  #firstTarget: string | undefined;
  /** Layers above this index are ignored: a hard link sees only the layers below the one that creates it. */
  #from = 0;
  /** The lowest layer that contributed to the result. */
  #deepest = -1;

  constructor(layers: readonly LayerRef[], reader: LayerReader) {
    this.#layers = layers;
    this.#reader = reader;
  }

  async find(path: string): Promise<Lookup> {
    const end = await this.walk(path);
    await noteEnteredFolders(this.#trace, this.#layers, this.#deepest + 1, this.#reader);
    return { trace: this.#trace, ...end };
  }

  private async walk(path: string): Promise<End> {
    this.#segments = path.split("/");
    for (;;) {
      const segment = this.#segments.shift();
      if (segment === undefined) return { kind: "not_a_file", type: "folder" };
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
    const seen = await this.see(path);
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
        return { kind: "not_a_file", type: "device or other special file" };
    }
  }

  /** Whether the lookup continues below this node, which only a folder allows. */
  private isOnTheWay(): boolean {
    return this.#segments.some((rest) => rest !== "" && rest !== ".");
  }

  private found(path: string, node: LayerNode & { kind: "file" }, at: number): End {
    const layer = this.#layers[at];
    if (layer === undefined) return { kind: "absent" };
    return { kind: "file", layer, path, sizeBytes: node.sizeBytes, body: node.body };
  }

  private missing(path: string): End {
    if (this.#hops === 0) return { kind: "absent" };
    return this.broken(`it points to /${path}, which is not in the image`);
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

  private broken(reason: string): End {
    return { kind: "broken_link", target: this.#firstTarget ?? "", reason };
  }

  /** The facts of the topmost layer that says anything about the path. */
  private async see(path: string): Promise<Seen> {
    for (const [index, layer] of this.#layers.entries()) {
      if (index < this.#from) continue;
      this.#deepest = Math.max(this.#deepest, index);
      const outcome = await this.#reader.outcome(layer);
      if (outcome.kind === "malformed") return { kind: "malformed", layer, reason: outcome.reason };
      if (outcome.kind !== "read") {
        passOver(this.#trace, layer, outcome);
        continue;
      }
      noteOddities(this.#trace, layer, outcome.directory, path);
      const opinion = opinionOf(outcome.directory, path);
      if (opinion === "hides") return { kind: "absent" };
      if (opinion !== undefined) return { kind: "node", node: opinion, layer: index };
    }
    return { kind: "absent" };
  }
}

type End = Lookup extends infer Each ? (Each extends unknown ? Omit<Each, "trace"> : never) : never;
