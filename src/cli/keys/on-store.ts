import { userInfo } from 'node:os';
import { readSettings } from '../../settings.ts';
import { openStore, type Store } from '../../store/open.ts';
import type { Change } from '../../store/keys-record.ts';
import { usageError } from '../cli-error.ts';
import type { Terminal } from '../terminal.ts';

const NAME = /^[A-Za-z0-9][\w.@+-]{0,99}$/;

/** Works on the store of the settings itself: whoever can open it rules. */
export async function onStore<T>(terminal: Terminal, work: (store: Store) => Promise<T>): Promise<T> {
  const { store: target } = readSettings(terminal.env, terminal.cwd);
  const store = await openStore({ url: target.kind === 'sqlite' ? target.file : target.url });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Who is at the command line, as the record names them. */
export function operator(): Change {
  return { actor: `operator:${userInfo().username}`, at: Date.now() };
}

/** Refuses what cannot be a name. Throws `CliError` that names the option. */
export function checkNames(option: string, ...names: readonly string[]): void {
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong === undefined) return;
  const says = 'must be up to 100 letters, digits and . _ @ + -, a letter or digit first.';
  throw usageError(`${option}: ${JSON.stringify(wrong)} ${says}`);
}
