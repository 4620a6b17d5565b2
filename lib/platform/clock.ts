/** The clock as a dependency, so that tests can control time. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
