import type { EntryView } from "@/lib/marketplace/entries/entry-view";

/** Which versions an entry admits, in words. */
export function trackWords({ track, range, pin }: Pick<EntryView, "track" | "range" | "pin">): string {
  switch (track) {
    case "follow":
      return "All versions";
    case "range":
      return `Versions ${range}`;
    case "pin":
      return `Only ${pin?.tag}`;
  }
}
