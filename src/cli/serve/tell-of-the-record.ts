import type { Logger } from 'pino';
import type { TemporalGate } from '../../client/temporal-gate.ts';
import { GateProblem } from '../../decide/problem.ts';
import { answeredLately } from '../../store/answered-lately.ts';
import type { Store } from '../../store/open.ts';
import { overdueClaims } from '../../store/overdue.ts';

const EVERY_MS = 2_000;
/** A lease ends by itself; only what is this far behind was not heard of. */
const MARGIN_MS = 5_000;
const MOST_REMEMBERED = 10_000;

/**
 * Has workflows look at the record where it may be ahead of them:
 *
 * - A task that is lost with the Temporal server after its step has committed takes the verdict along that it dealt with. Who gave
 *   it hears an error, and the workflow would go on asking. Those of this process are known by that error, those of one that
 *   died by what was answered last when the next one starts.
 * - A gateway tells a workflow of a claim. One that dies right then, or does not reach Temporal, would leave an approved
 *   action `claimed` until its question had expired, which may be days.
 *
 * Told once is enough, since what Temporal has taken is not lost, and costs a task of the workflow where there was nothing to tell.
 */
export function tellOfTheRecord(
  store: Store,
  gate: Pick<TemporalGate, 'reconsider'>,
  logger: Logger,
  everyMs = EVERY_MS,
): { add: (actionId: string) => void; stop: () => void } {
  const untold = new Set<string>();
  const overdueTold = new Set<string>();
  let hasLookedBack = false;
  let looking = false;

  const look = async (): Promise<void> => {
    if (!hasLookedBack) for (const id of await answeredLately(store)) untold.add(id);
    hasLookedBack = true;
    if (overdueTold.size > MOST_REMEMBERED) overdueTold.clear();
    const overdue = (await overdueClaims(store, Date.now() - MARGIN_MS)).filter((id) => !overdueTold.has(id));
    const ends = await Promise.allSettled([...new Set([...untold, ...overdue])].map(tell));
    for (const id of overdue) if (!untold.has(id)) overdueTold.add(id);
    // One that cannot be told must not keep the others from it.
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  const tell = async (id: string): Promise<void> => {
    untold.add(id);
    await gate.reconsider(id).catch((error: unknown) => {
      // It is over, and knows all that there is to know.
      if (!(error instanceof GateProblem) || error.code !== 'already_settled') throw error;
    });
    untold.delete(id);
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => logger.warn({ err: error }, 'workflows are not told of the record yet'))
      .finally(() => (looking = false));
  }, everyMs).unref();

  return { add: (actionId) => void untold.add(actionId), stop: () => clearInterval(timer) };
}
