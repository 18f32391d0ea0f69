import { Gauge, type Registry } from 'prom-client';
import { readFigures, type Figures } from '../store/figures.ts';
import type { Store } from '../store/open.ts';

/** Whoever asks more often gets the same figures again: they cost the store some queries. */
const FRESH_MS = 5_000;

/** Adds what the record holds at present: open actions, questions and their age, what is not sealed, what differs. */
export function addRecordGauges(registry: Registry, store: Store, now: () => number): void {
  const read = remembered(() => readFigures(store, now()), now);
  gauge('gatehouse_pending_approvals', 'Open questions, by severity', ['severity'], (of, { pending }) => {
    for (const { severity, count } of pending) of.set({ severity }, count);
  });
  gauge('gatehouse_pending_oldest_seconds', 'Age of the oldest open question', [], (of, figures) => {
    of.set(figures.oldestSeconds);
  });
  gauge('gatehouse_actions_open', 'Actions that are not over, by status', ['status'], (of, { open }) => {
    for (const { status, count } of open) of.set({ status }, count);
  });
  gauge('gatehouse_events_unsealed', 'Entries of the record that have no place in the chain yet', [], (of, figures) => {
    of.set(figures.unsealed);
  });
  gauge('gatehouse_reconcile_differences', 'Differences that the last comparison found', [], (of, { differences }) => {
    if (differences !== null) of.set(differences);
  });

  function gauge(name: string, help: string, labelNames: string[], fill: (of: Gauge, figures: Figures) => void): void {
    new Gauge({
      ...{ name, help, labelNames, registers: [registry] },
      async collect() {
        const figures = await read();
        this.reset();
        fill(this, figures);
      },
    });
  }
}

/** One read for all who ask within a while. One that failed is not remembered. */
function remembered<T>(read: () => Promise<T>, now: () => number): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (last !== undefined && now() - last.at < FRESH_MS) return last.value;
    const value = read();
    last = { at: now(), value };
    value.catch(() => (last = undefined));
    return value;
  };
}
