import type { Caller } from '../../api/gateway.ts';
import { findKey, findKeyById, type KeyRecord } from '../../store/keys.ts';
import type { Store } from '../../store/open.ts';
import { endSession, findSession, openSession, takeLink, type Opened } from '../../store/sessions.ts';

/** Why nobody was signed in. */
export type NotSignedIn = 'unknown' | 'agent';

/** Who is signed in to the console. A session is worth what its key is worth at that moment: revoked, it ends. */
export interface SignIns {
  byKey(key: string): Promise<Opened | NotSignedIn>;
  byLink(token: string): Promise<Opened | NotSignedIn>;
  /** Whose session it is, or null when it is nobody's, is over or was signed out of. */
  callerOf(token: string): Promise<Caller | null>;
  end(token: string): Promise<void>;
}

/** Sign-ins that are kept in the store, so that they hold for every process of the API. `now` is milliseconds since the epoch. */
export function createSignIns(store: Store, now: () => number): SignIns {
  // INVARIANT: I5 an agent cannot approve. Its key opens no session.
  const open = async (key: KeyRecord | null): Promise<Opened | NotSignedIn> => {
    if (key === null) return 'unknown';
    return key.role === 'agent' ? 'agent' : openSession(store, key.id, now());
  };
  return {
    byKey: async (key) => open(await findKey(store, key)),
    byLink: async (token) => {
      const keyId = await takeLink(store, token, now());
      return open(keyId === null ? null : await findKeyById(store, keyId));
    },
    callerOf: async (token) => {
      const keyId = await findSession(store, token, now());
      const key = keyId === null ? null : await findKeyById(store, keyId);
      return key === null || key.role === 'agent' ? null : key;
    },
    end: (token) => endSession(store, token, now()),
  };
}
