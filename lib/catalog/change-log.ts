/** Which extensions changed from snapshot to snapshot, as far back as memory is spent on it. Never changed, only replaced. */
export type ChangeLog = {
  /** What changed since any revision from this one on is known. */
  from: bigint;
  /** Oldest first. */
  steps: readonly ChangeStep[];
};

export type ChangeStep = {
  revision: bigint;
  /** The revision stayed the same; whoever has it may have it from before this step. */
  byTime: boolean;
  /** Familiar names. */
  repositories: readonly string[];
};

const STEPS_MAX = 1_000;
const REPOSITORIES_MAX = 20_000;

export function emptyLog(revision: bigint): ChangeLog {
  return { from: revision, steps: [] };
}

/** The log with one more step, and without the oldest ones when it gets too long. */
export function logged(log: ChangeLog, step: ChangeStep): ChangeLog {
  if (step.repositories.length === 0) return log;
  const steps = [...log.steps, step];
  let count = steps.reduce((sum, { repositories }) => sum + repositories.length, 0);
  let from = log.from;
  while (steps.length > STEPS_MAX || count > REPOSITORIES_MAX) {
    const oldest = steps.shift();
    if (oldest === undefined) break;
    count -= oldest.repositories.length;
    from = oldest.revision;
  }
  return { from, steps };
}

/** Undefined when `since` is too old, or of no revision that was yet. */
export function changedSince(log: ChangeLog, since: bigint, now: bigint): ReadonlySet<string> | undefined {
  if (since < log.from || since > now) return undefined;
  const steps = log.steps.filter(
    ({ revision, byTime }) => revision > since || (byTime && revision === since),
  );
  return new Set(steps.flatMap(({ repositories }) => repositories));
}
