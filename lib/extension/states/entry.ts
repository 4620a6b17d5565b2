import { type Machine, NONE, nextState } from "@/lib/extension/states/machine";

/** State of an allow-list entry. Only `active` entries are offered. A background job makes entries `expired`. */
export type EntryState = "active" | "suspended" | "expired" | "revoked";

export type EntryEvent =
  /** A submission is approved, or an admin adds the repository. Also reinstates a revoked entry. */
  "approve" | "suspend" | "resume" | "expire" | "renew" | "revoke";

export const ENTRY_MACHINE: Machine<EntryState, EntryEvent> = {
  thing: "entry",
  transitions: {
    none: { approve: "active" },
    active: { suspend: "suspended", expire: "expired", revoke: "revoked" },
    suspended: { resume: "active", revoke: "revoked" },
    expired: { renew: "active", revoke: "revoked" },
    revoked: { approve: "active" },
  },
  acts: {
    approve: "approve the repository",
    suspend: "suspend it",
    resume: "resume it",
    expire: "expire it",
    renew: "renew it",
    revoke: "revoke it",
  },
  automatic: ["expire"],
};

/** The state after `event`; `undefined` = not on the allow-list yet. Throws `illegal_state`. */
export function nextEntryState(state: EntryState | undefined, event: EntryEvent): EntryState {
  return nextState(ENTRY_MACHINE, state ?? NONE, event);
}
