export type SkippedTagNote = { tag: string; reason: string; message: string };
