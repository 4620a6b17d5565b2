/**
 * Step limit for reading one Compose project. A step is a visit of a token, node, list item or variable, or 64
 * characters of text. Real projects take a few thousand.
 */
export const COMPOSE_STEPS = 100_000;

const CHARACTERS_PER_STEP = 64;

/** Thrown when the budget is spent. `readCompose` turns it into its result. */
export class StepsSpent extends Error {}

/**
 * Counts the steps of one reading, so that a hostile file cannot multiply its cost. It counts instead of timing, so
 * that the same files give the same result on every machine.
 */
export class StepBudget {
  #spent = 0;

  constructor(private readonly limit: number = COMPOSE_STEPS) {}

  get spent(): number {
    return this.#spent;
  }

  /** Whether a step was refused. */
  get isSpent(): boolean {
    return this.#spent > this.limit;
  }

  /** Throws `StepsSpent` at the first step beyond the limit. */
  spend(steps = 1): void {
    this.#spent += steps;
    if (this.isSpent) throw new StepsSpent(`Reading takes more than ${this.limit} steps.`);
  }

  /** Spends one step, plus one per 64 characters read or written. */
  spendText(characters: number): void {
    this.spend(1 + Math.floor(characters / CHARACTERS_PER_STEP));
  }
}
