/** How a registry refuses a repository that it used to show. */
export type Refusal = "gone" | "private" | "blocked";

/** Refusals without a good answer between them. */
export type Refusals = { latest: Refusal; times: number; since: Date };

/** So many, over so long: a repository that is renamed, moved or made private by mistake often comes back. */
const REFUSALS_MIN = 3;
const REFUSED_MS_MIN = 24 * 60 * 60 * 1000;

/** Whether what is listed has to be called unavailable, after the refusal at `now`. */
export function isUnavailable({ times, since }: Refusals, now: Date): boolean {
  return times >= REFUSALS_MIN && now.getTime() - since.getTime() >= REFUSED_MS_MIN;
}

/** One sentence about the registry, for everybody. */
export function refusalText(refusal: Refusal): string {
  switch (refusal) {
    case "gone":
      return "The registry says that it has no such repository.";
    case "private":
      return "The registry does not show the repository without signing in.";
    case "blocked":
      return "The registry forbids access to the repository.";
  }
}
