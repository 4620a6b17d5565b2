import { type Machine, NONE, nextState } from "@/lib/extension/states/machine";

/** An allow-list entry. Only `active` is in force. Expiry is a change of state too, made when its time has come. */
export type EntryState = "active" | "suspended" | "expired" | "revoked";

export type EntryEvent =
  /** A submission is approved, or an admin adds the repository; also what brings a revoked one back. */
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
    expire: "let it expire",
    renew: "renew it",
    revoke: "revoke it",
  },
  automatic: ["expire"],
};

/** The state after `event`; `undefined` = not on the allow-list yet. Throws `illegal_state`. */
export function nextEntryState(state: EntryState | undefined, event: EntryEvent): EntryState {
  return nextState(ENTRY_MACHINE, state ?? NONE, event);
}
