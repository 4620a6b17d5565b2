import { clsx } from "clsx";

/** Holds the place of something that comes; give it the size of what comes. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden="true" className={clsx("animate-pulse rounded-md bg-sunken", className)} />;
}
