import { joinPath, parentOf } from "@/lib/inspection/entry-path";
import {
  factsAt,
  type LayerDirectory,
  type LayerNode,
  type Oddity,
  opinionOf,
} from "@/lib/inspection/layers/layer-directory";
import type { UnreadLayer } from "@/lib/inspection/layers/layer-problem";
import type { LayerReader, LayerRef } from "@/lib/inspection/layers/layer-reader";
import { ARCHIVE_LIMITS } from "@/lib/inspection/limits";

/** What was met on the way to a path, whether or not the file was found. */
export type Trail = {
  /** Layers that were passed over unread although they might hold or hide the file. */
  skipped: { layer: LayerRef; problem: UnreadLayer }[];
  oddities: { layer: LayerRef; path: string; oddity: Oddity }[];
};

export type FoundFile = { kind: "file"; layer: LayerRef; path: string; sizeBytes: number; body: number };

export type Lookup = { trail: Trail } & (
  | FoundFile
  | { kind: "absent" }
  | { kind: "not_a_file"; type: "folder" | "device or other special file" }
  /** A link that leads nowhere, out of the image or in a circle; `reason` as a part of a sentence. */
  | { kind: "broken_link"; target: string; reason: string }
  | { kind: "malformed"; layer: LayerRef; reason: string }
);

type Seen =
  | { kind: "node"; node: LayerNode; layer: number }
  | { kind: "absent" }
  | { kind: "malformed"; layer: LayerRef; reason: string };

/**
 * The files of one platform's image, looked up from the top layer down without unpacking (image-spec layer.md,
 * "Applying Changesets"). Layers are read one by one, and none below the one that decides.
 */
export class ImageFiles {
  readonly #layers: readonly LayerRef[];
  readonly #reader: LayerReader;

  /** `layers` in the order of the manifest: the lowest first. */
  constructor(layers: readonly LayerRef[], reader: LayerReader) {
    this.#layers = layers.toReversed();
    this.#reader = reader;
  }

  /** The file that `path` is in the unpacked image, links followed inside the image. */
  async find(path: string): Promise<Lookup> {
    return new Search(this.#layers, this.#reader).find(path);
  }
}

/** One walk along one path, folder by folder, as `chroot` would. */
class Search {
  readonly #layers: readonly LayerRef[];
  readonly #reader: LayerReader;
  readonly #trail: Trail = { skipped: [], oddities: [] };
  #segments: string[] = [];
  #at: string[] = [];
  #hops = 0;
  #firstTarget: string | undefined;
  /** Layers above this one are out of sight: a hard link sees only what lay below when it was made. */
  #from = 0;
  /** The lowest layer that had a say. */
  #deepest = -1;

  constructor(layers: readonly LayerRef[], reader: LayerReader) {
    this.#layers = layers;
    this.#reader = reader;
  }

  async find(path: string): Promise<Lookup> {
    const end = await this.walk(path);
    await this.checkEnteredFolders();
    return { trail: this.#trail, ...end };
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
    return this.broken("it leads out of the image");
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
        return this.#segments.some((rest) => rest !== "" && rest !== ".")
          ? this.missing(path)
          : this.found(path, seen.node, seen.layer);
      case "symlink":
        return this.follow(seen.node.target);
      case "hardlink":
        this.#from = seen.layer + 1;
        return this.follow(`/${seen.node.target}`);
      case "special":
        return { kind: "not_a_file", type: "device or other special file" };
    }
  }

  private found(path: string, node: LayerNode & { kind: "file" }, at: number): End {
    const layer = this.#layers[at];
    if (layer === undefined) return { kind: "absent" };
    return { kind: "file", layer, path, sizeBytes: node.sizeBytes, body: node.body };
  }

  private missing(path: string): End {
    if (this.#hops === 0) return { kind: "absent" };
    return this.broken(`it leads to /${path}, which is not in the image`);
  }

  private follow(target: string): End | undefined {
    this.#hops++;
    this.#firstTarget ??= target;
    if (this.#hops > ARCHIVE_LIMITS.linkHops) {
      return this.broken(`more than ${ARCHIVE_LIMITS.linkHops} links follow one another`);
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

  /** What the topmost layer with an opinion says of a path. */
  private async see(path: string): Promise<Seen> {
    for (const [index, layer] of this.#layers.entries()) {
      if (index < this.#from) continue;
      this.#deepest = Math.max(this.#deepest, index);
      const outcome = await this.#reader.outcome(layer);
      if (outcome.kind === "malformed") return { kind: "malformed", layer, reason: outcome.reason };
      if (outcome.kind !== "read") {
        this.passOver(layer, outcome);
        continue;
      }
      this.noteOddities(layer, outcome.directory, path);
      const opinion = opinionOf(outcome.directory, path);
      if (opinion === "hides") return { kind: "absent" };
      if (opinion !== undefined) return { kind: "node", node: opinion, layer: index };
    }
    return { kind: "absent" };
  }

  /**
   * Where a layer writes below a folder that it does not hold, and a layer below has a link there, unpackers follow
   * the link: the entries land elsewhere, perhaps on the file that was looked for.
   */
  private async checkEnteredFolders(): Promise<void> {
    for (const [index, layer] of this.#layers.slice(0, this.#deepest + 1).entries()) {
      const outcome = await this.#reader.outcome(layer);
      if (outcome.kind !== "read") continue;
      const fresh = new Set<string>();
      for (const folder of outcome.directory.entered) {
        if (fresh.has(parentOf(folder))) fresh.add(folder);
        else if ((await this.kindBelow(index, folder)) === undefined) fresh.add(folder);
      }
    }
  }

  /** What the layers below one have at a path, noting the oddity when it is no folder; undefined when nothing. */
  private async kindBelow(index: number, path: string): Promise<LayerNode["kind"] | undefined> {
    for (const layer of this.#layers.slice(index + 1)) {
      const outcome = await this.#reader.outcome(layer);
      if (outcome.kind === "malformed") return undefined;
      if (outcome.kind !== "read") {
        this.passOver(layer, outcome);
        continue;
      }
      const opinion = opinionOf(outcome.directory, path);
      if (opinion === undefined) continue;
      if (opinion === "hides") return undefined;
      if (opinion.kind !== "directory") this.note(layer, "", "through_link");
      return opinion.kind;
    }
    return undefined;
  }

  private passOver(layer: LayerRef, problem: UnreadLayer): void {
    if (!this.#trail.skipped.some((known) => known.layer.digest === layer.digest)) {
      this.#trail.skipped.push({ layer, problem });
    }
  }

  private noteOddities(layer: LayerRef, directory: LayerDirectory, path: string): void {
    for (const at of ["", path]) {
      const oddity = factsAt(directory, at)?.oddity;
      if (oddity !== undefined) this.note(layer, at, oddity);
    }
  }

  private note(layer: LayerRef, path: string, oddity: Oddity): void {
    const known = this.#trail.oddities.some(
      (one) => one.layer.digest === layer.digest && one.path === path && one.oddity === oddity,
    );
    if (!known) this.#trail.oddities.push({ layer, path, oddity });
  }
}

type End = Lookup extends infer Each ? (Each extends unknown ? Omit<Each, "trail"> : never) : never;
