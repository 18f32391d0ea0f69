import type { Logger } from 'pino';
import type { TemporalGate } from '../../client/temporal-gate.ts';
import { GateProblem } from '../../decide/problem.ts';
import { answeredLately } from '../../store/answered-lately.ts';
import type { Store } from '../../store/open.ts';

const EVERY_MS = 2_000;

/**
 * Has workflows look at the record where it may be ahead of them. A task that is lost with the Temporal server after its step
 * has committed takes the verdict along that it dealt with: who gave it hears an error, and the workflow goes on asking. Those of
 * this process are known by that error, those of one that died by what was answered last when the next one starts. Told once is enough, and
 * costs a task of the workflow where there was nothing to tell.
 */
export function tellOfTheRecord(
  store: Store,
  gate: Pick<TemporalGate, 'reconsider'>,
  logger: Logger,
  everyMs = EVERY_MS,
): { add: (actionId: string) => void; stop: () => void } {
  const untold = new Set<string>();
  let hasLookedBack = false;
  let telling = false;

  const lookBack = async (): Promise<void> => {
    if (hasLookedBack) return;
    for (const id of await answeredLately(store)) untold.add(id);
    hasLookedBack = true;
  };
  const tell = async (): Promise<void> => {
    await lookBack();
    for (const id of [...untold]) {
      await gate.reconsider(id).catch((error: unknown) => {
        // It is over, and knows all that there is to know.
        if (!(error instanceof GateProblem) || error.code !== 'already_settled') throw error;
      });
      untold.delete(id);
    }
  };
  const timer = setInterval(() => {
    if (telling) return;
    telling = true;
    tell()
      .catch((error: unknown) => logger.warn({ err: error }, 'workflows are not told of the record yet'))
      .finally(() => (telling = false));
  }, everyMs).unref();

  return { add: (actionId) => void untold.add(actionId), stop: () => clearInterval(timer) };
}
