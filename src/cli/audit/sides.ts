import type { Client } from '@temporalio/client';
import { readSettings, type Settings } from '../../settings.ts';
import { openStore, type Store } from '../../store/open.ts';
import { openTemporal } from '../../temporal/open.ts';
import { clientOf } from '../serve/link.ts';
import type { Terminal } from '../terminal.ts';
import { warn } from '../terminal.ts';

/** The store of the settings, for as long as `work` takes. */
export async function withStore<T>(
  terminal: Terminal,
  work: (store: Store, settings: Settings) => Promise<T>,
): Promise<T> {
  const settings = readSettings(terminal.env, terminal.cwd);
  const store = await openStore({
    url: settings.store.kind === 'sqlite' ? settings.store.file : settings.store.url,
    arguments: settings.recordedArguments,
  });
  try {
    return await work(store, settings);
  } finally {
    await store.close();
  }
}

/** Both systems that the equation is about. */
export interface Sides {
  store: Store;
  client: Client;
  settings: Settings;
}

/** Both systems of the settings, for as long as `work` takes. Temporal has to run: none is started for it. */
export async function withBothSides<T>(terminal: Terminal, work: (sides: Sides) => Promise<T>): Promise<T> {
  return withStore(terminal, async (store, settings) => {
    const say = (line: string): void => {
      warn(terminal, line);
    };
    const temporal = await openTemporal(settings, { startServer: false, say, env: terminal.env });
    try {
      const client = clientOf(temporal.link);
      return await work({ store, client, settings });
    } finally {
      await temporal.close();
    }
  });
}

/** Who works on the store itself, as the record names them: whoever can open it may. */
export function operatorName({ env }: Terminal): string {
  return `process:cli${env['USER'] === undefined ? '' : `:${env['USER']}`}`;
}
