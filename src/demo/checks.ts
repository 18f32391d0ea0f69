/** One promise of the demo, and whether it was kept. */
export interface DemoStep {
  step: string;
  ok: boolean;
  /** What was seen. */
  says: string;
}

/** Collects steps, and tells of each as soon as it is known. */
export class Checks {
  readonly steps: DemoStep[] = [];

  constructor(private readonly write: (line: string) => void) {}

  /** Records one step. */
  note(step: string, ok: boolean, says: string): void {
    this.steps.push({ step, ok, says });
    this.write(`${ok ? 'ok    ' : 'NOT OK'}  ${step}: ${says}`);
  }

  /** Runs one part. Something thrown is a step that is not ok, and the parts after it still run. */
  async part(step: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.note(step, false, error instanceof Error ? error.message : String(error));
    }
  }
}
