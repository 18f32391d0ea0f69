import { findKey } from '../../store/keys.ts';
import type { Store } from '../../store/open.ts';
import { makeLink } from '../../store/sessions.ts';

/** A link that signs the holder of a key in to the console, once and soon: whoever sees the terminal may follow it. */
export async function consoleLink(store: Store, apiUrl: string, key: string, now: number): Promise<string> {
  const holder = await findKey(store, key);
  if (holder === null) return `${apiUrl}/console`;
  const { token } = await makeLink(store, holder.id, now);
  return `${apiUrl}/console/sign-in?link=${token}`;
}
