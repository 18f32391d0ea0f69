import type { Store } from '../../store/open.ts';
import type { WaitOptions } from '../gateway.ts';

/**
 * Reads until the result is settled in the caller's sense, the time is over or the caller has gone, and returns what was
 * read last. It reads again whenever the action changes, and never in between. Whoever waited must still be somebody then.
 */
export async function readUntil<Result>(
  store: Store,
  actionId: string,
  wait: WaitOptions,
  read: () => Promise<Result>,
  isDone: (result: Result) => boolean,
): Promise<Result> {
  if (wait.waitSeconds <= 0) return read();
  const deadline = performance.now() + wait.waitSeconds * 1000;
  const ear = store.changes.listen(actionId);
  try {
    for (;;) {
      const result = await read();
      const remaining = deadline - performance.now();
      if (isDone(result) || remaining <= 0 || wait.signal.aborted) {
        await wait.confirm?.();
        return result;
      }
      await ear.changed(remaining, wait.signal);
    }
  } finally {
    ear.stop();
  }
}
