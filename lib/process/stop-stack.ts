type Step = () => Promise<void> | void;

/** The steps that stop a process: the last one pushed runs first. */
export class StopStack {
  private readonly steps: Step[] = [];
  private stopped: Promise<void> | undefined;

  push(step: Step): void {
    this.steps.push(step);
  }

  /** Runs every step once, no matter how often it is called. */
  stop(): Promise<void> {
    this.stopped ??= this.run();
    return this.stopped;
  }

  private async run(): Promise<void> {
    for (const step of this.steps.reverse()) await step();
  }
}
