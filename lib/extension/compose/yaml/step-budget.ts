/**
 * The steps that one reading of a Compose project may take. A step is a token, a node, a list item or a variable, each
 * time it is visited, or 64 characters of text. Real projects take a few thousand.
 */
export const COMPOSE_STEPS = 100_000;

const CHARACTERS_PER_STEP = 64;

/** Thrown when the budget is spent. `readCompose` turns it into its answer. */
export class StepsSpent extends Error {}

/**
 * Counts the steps of one reading, so that its cost does not depend on how often a hostile file repeats itself. It
 * counts instead of timing: the same files get the same answer on every machine.
 */
export class StepBudget {
  #spent = 0;

  constructor(private readonly limit: number = COMPOSE_STEPS) {}

  get spent(): number {
    return this.#spent;
  }

  /** True once a step was refused. */
  get isSpent(): boolean {
    return this.#spent > this.limit;
  }

  /** Throws `StepsSpent` at the first step beyond the limit. */
  spend(steps = 1): void {
    this.#spent += steps;
    if (this.isSpent) throw new StepsSpent(`Reading takes more than ${this.limit} steps.`);
  }

  /** One step, and one more for every 64 characters that are read or written. */
  spendText(characters: number): void {
    this.spend(1 + Math.floor(characters / CHARACTERS_PER_STEP));
  }
}
