/** Where a known tag points now. */
export type ObservedTag = { tag: string; digest: string };
