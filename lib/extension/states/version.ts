import { type Machine, nextState } from "@/lib/extension/states/machine";

/** What is visible of a version (tag and digest). Only `listed` may be offered. */
export type Visibility = "unlisted" | "listed" | "held" | "yanked" | "blocked";

export type VisibilityEvent =
  | "list"
  /** Holds it, or confirms an automatic hold. */
  | "hold"
  /** Takes back what people may have installed. */
  | "yank"
  /** Forbids the digest under whatever tag; again to change the level. */
  | "block"
  /** Lifts a yank or a block. */
  | "restore"
  /** Another digest was listed under the same tag. */
  | "supersede";

/** Where a version stood before it was yanked or blocked. */
export type EarlierVisibility = Exclude<Visibility, "blocked">;

export const VISIBILITY_MACHINE: Machine<Visibility, VisibilityEvent, Visibility> = {
  thing: "version",
  transitions: {
    unlisted: { list: "listed", hold: "held", block: "blocked" },
    listed: { hold: "held", yank: "yanked", block: "blocked", supersede: "unlisted" },
    held: { list: "listed", hold: "held", yank: "yanked", block: "blocked", supersede: "unlisted" },
    yanked: { restore: "listed", block: "blocked" },
    blocked: { restore: "listed", block: "blocked" },
  },
  acts: {
    list: "list it",
    hold: "hold it",
    yank: "yank it",
    block: "block it",
    restore: "restore it",
    supersede: "put another digest in its place",
  },
  automatic: ["supersede"],
};

/**
 * The visibility after `event`; throws `illegal_state`. `restore` leads back to where the version stood before its
 * yank or block (`earlier`, by default `listed`): lifting a block lists nothing that never was listed.
 */
export function nextVisibility(
  visibility: Visibility,
  event: VisibilityEvent,
  earlier: EarlierVisibility = "listed",
): Visibility {
  const next = nextState(VISIBILITY_MACHINE, visibility, event);
  return event === "restore" ? earlier : next;
}
