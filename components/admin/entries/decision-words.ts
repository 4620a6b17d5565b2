const WORDS: Readonly<Record<string, string>> = {
  "submission.approve": "Approved",
  "submission.request_changes": "Asked for changes",
  "submission.decline": "Declined",
  "entry.add": "Added directly",
  "entry.change": "Changed the entry",
  "extension.deprecate": "Changed the deprecation",
  "extension.move": "Changed where it has moved",
  "extension.change": "Changed the deprecation and where it has moved",
  "version.list": "Listed",
  "version.hold": "Held",
  "version.yank": "Yanked",
  "version.block": "Blocked",
  "version.restore": "Restored",
};

/** A kind of decision as a verb in the past; a kind that is new here stands for itself. */
export function decisionWords(kind: string): string {
  return WORDS[kind] ?? kind;
}
