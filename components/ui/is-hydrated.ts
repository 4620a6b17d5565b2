"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False in the server's HTML and for as long as scripts have not taken over. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
