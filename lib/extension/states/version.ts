import { type Machine, nextState } from "@/lib/extension/states/machine";

/** Visibility of a version (tag and digest). Only `listed` versions are offered. */
export type Visibility = "unlisted" | "listed" | "held" | "yanked" | "blocked";

export type VisibilityEvent =
  | "list"
  /** Holds it, or confirms an automatic hold. */
  | "hold"
  /** Withdraws a version that users may have installed. */
  | "yank"
  /** Forbids the digest under every tag. Repeat to change the level. */
  | "block"
  /** Lifts a yank or a block. */
  | "restore"
  /** Another digest was listed under the same tag. */
  | "supersede";

/** The visibility before a version was yanked or blocked. */
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
    supersede: "replace it with another digest",
  },
  automatic: ["supersede"],
};

/**
 * The visibility after `event`. Throws `illegal_state`. `restore` returns a version to its visibility before the yank or
 * block (`earlier`, default `listed`), so that lifting a block never lists a version that was not listed before.
 */
export function nextVisibility(
  visibility: Visibility,
  event: VisibilityEvent,
  earlier: EarlierVisibility = "listed",
): Visibility {
  const next = nextState(VISIBILITY_MACHINE, visibility, event);
  return event === "restore" ? earlier : next;
}
