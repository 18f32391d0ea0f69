import type { ActionView } from '@gatehouse/sdk/contract';
import { entries, record } from './asking.ts';
import type { Stack } from './stack.ts';

/** The action once its record has so many entries of a kind: read again whenever something of it changes. */
export async function recorded(stack: Stack, actionId: string, kind: string, count: number): Promise<ActionView> {
  const ear = stack.core.store.changes.listen(actionId);
  const { signal } = new AbortController();
  try {
    for (let looks = 0; looks < 60; looks += 1) {
      const seen = await record(stack, actionId);
      if (entries(seen, kind).length >= count) return seen;
      await ear.changed(1_000, signal);
    }
  } finally {
    ear.stop();
  }
  throw new Error(`There are no ${String(count)} entries of ${kind} on the record of ${actionId}`);
}
