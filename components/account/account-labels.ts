import type { Scope } from "@/lib/journal/actor";

/** The first match wins: many browsers also name the browsers they descend from. */
const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
  ["curl/", "curl"],
] as const;

const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

/** `Firefox on Windows`, from a User-Agent header. */
export function deviceLabel(userAgent: string): string {
  const browser = BROWSERS.find(([mark]) => userAgent.includes(mark))?.[1];
  const system = SYSTEMS.find(([mark]) => userAgent.includes(mark))?.[1];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? "Unknown device";
}

export type ScopeLabel = {
  scope: Scope;
  hint: string;
  /** Only reviewers and admins can use it. */
  deciders: boolean;
};

export const SCOPE_LABELS: readonly ScopeLabel[] = [
  {
    scope: "submissions",
    hint: "Submit extensions, read submissions, reply and withdraw.",
    deciders: false,
  },
  { scope: "review", hint: "Decide on submissions.", deciders: true },
  { scope: "allow-list", hint: "Add and change allow-list entries.", deciders: true },
  { scope: "versions", hint: "List, hold, yank, block and restore versions.", deciders: true },
  { scope: "scan", hint: "Request scans.", deciders: true },
  { scope: "audit:read", hint: "Read the audit log.", deciders: true },
  {
    scope: "admin",
    hint: "Manage API tokens and everything else that your role can manage.",
    deciders: false,
  },
];

/** `1 API token`, `3 API tokens`. */
export function tokenCount(count: number): string {
  return count === 1 ? "1 API token" : `${count} API tokens`;
}
