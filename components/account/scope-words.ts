import type { Scope } from "@/lib/journal/actor";

export type ScopeWords = {
  scope: Scope;
  label: string;
  hint: string;
  /** Of use to reviewers and admins only. */
  deciders: boolean;
};

export const SCOPE_WORDS: readonly ScopeWords[] = [
  { scope: "submissions", label: "submissions", hint: "Submit, read, reply, withdraw.", deciders: false },
  { scope: "review", label: "review", hint: "Decide about submissions.", deciders: true },
  { scope: "allow-list", label: "allow-list", hint: "Add and change entries.", deciders: true },
  { scope: "versions", label: "versions", hint: "List, hold, yank, block, restore.", deciders: true },
  { scope: "scan", label: "scan", hint: "Ask for scans.", deciders: true },
  { scope: "audit:read", label: "audit:read", hint: "Read the audit.", deciders: true },
  {
    scope: "admin",
    label: "admin",
    hint: "API tokens, and what else your role may manage.",
    deciders: false,
  },
];
