/** Where a tag points, as the registry answered. */
export type ObservedTag = { tag: string; digest: string };

/** A tag that does not count as a version, with the reason that its publisher reads. */
export type SkippedTagNote = { tag: string; reason: string; message: string };
