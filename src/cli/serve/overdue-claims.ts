import type { Logger } from 'pino';
import type { TemporalGate } from '../../client/temporal-gate.ts';
import type { Store } from '../../store/open.ts';
import { overdueClaims } from '../../store/overdue.ts';

const EVERY_MS = 5_000;
/** A lease ends by itself; only what is this far behind was not heard of. */
const MARGIN_MS = 5_000;
const MOST_REMEMBERED = 10_000;

/**
 * Tells workflows of claims that they have not heard of. A gateway tells them at the claim; one that dies right then, or
 * that does not reach Temporal, leaves an approved action `claimed` until its question would have expired, which may be days.
 * Told once is enough: what Temporal has taken is not lost.
 */
export function watchOverdueClaims(store: Store, gate: TemporalGate, logger: Logger): { stop: () => void } {
  const told = new Set<string>();
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => logger.warn({ err: error }, 'claims that are overdue were not looked for'))
      .finally(() => (looking = false));
  }, EVERY_MS);
  timer.unref();

  async function look(): Promise<void> {
    if (told.size > MOST_REMEMBERED) told.clear();
    const unheard = (await overdueClaims(store, Date.now() - MARGIN_MS)).filter((id) => !told.has(id));
    const tellings = unheard.map(async (id) => {
      await gate.reconsider(id);
      told.add(id);
    });
    // One that cannot be told must not keep the others from it.
    const failed = (await Promise.allSettled(tellings)).find((end) => end.status === 'rejected');
    if (failed !== undefined) logger.warn({ err: failed.reason as unknown }, 'a claim that is overdue was not told of');
  }

  return { stop: () => clearInterval(timer) };
}
