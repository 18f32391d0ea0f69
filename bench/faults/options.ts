import { parseArgs } from 'node:util';

export interface FaultOptions {
  /** How many actions the agents want in all. */
  actions: number;
  /** How many SIGKILLs in all, those at named points included. */
  kills: number;
  /** Every kind of action, every fault and every pause follows from it. */
  seed: number;
  store: 'sqlite' | 'postgres';
  /** Only faults whose name has one of these texts; where none of them kills, `kills` is how many there are. */
  only: readonly string[];
  /** Gateways side by side. */
  apis: number;
  /** No faults; so many minutes of steady load instead, with memory, handles and files looked at. */
  soakMinutes: number | null;
  /** Keep the work folder with databases and logs. */
  keep: boolean;
}

/** Reads the command line. Throws for an option that it does not know, and for a value that makes no sense. */
export function readOptions(args: readonly string[], chosenSeed: number): FaultOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      actions: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(chosenSeed) },
      store: { type: 'string', default: 'sqlite' },
      only: { type: 'string', multiple: true, default: [''] },
      apis: { type: 'string', default: '1' },
      soak: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const { store, soak } = values;
  if (store !== 'sqlite' && store !== 'postgres') throw new Error(`--store: ${store} is neither sqlite nor postgres`);
  return {
    actions: whole('--actions', values.actions),
    kills: whole('--kills', values.kills),
    seed: whole('--seed', values.seed),
    store,
    only: values.only,
    apis: Math.max(1, whole('--apis', values.apis)),
    soakMinutes: soak === undefined ? null : minutes(soak),
    keep: values.keep,
  };
}

function whole(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${option}: ${text} is not a whole number`);
  return Number(text);
}

function minutes(text: string): number {
  const [, count, unit] = /^(\d{1,4})(m|h)$/.exec(text) ?? [];
  if (count === undefined) throw new Error(`--soak: ${text} is not a time such as 30m or 2h`);
  return Number(count) * (unit === 'h' ? 60 : 1);
}
