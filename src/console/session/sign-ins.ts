import type { Logger } from 'pino';
import type { Caller } from '../../api/gateway.ts';
import { GateProblem } from '../../decide/problem.ts';
import type { SignInSettings } from '../../settings.ts';
import { findKey, findKeyById, type KeyRecord } from '../../store/keys.ts';
import type { Store } from '../../store/open.ts';
import { findPrincipal } from '../../store/principals.ts';
import type { SessionRow } from '../../store/sessions.ts';
import * as sessions from '../../store/sessions.ts';
import { keepSignIn, takeSignIn, type UnderWay } from '../../store/sign-ins.ts';
import { roleOf } from './oidc/claims.ts';
import { admit, type NotAdmitted } from './oidc/admit.ts';
import type { OidcProvider, Vouch } from './oidc/provider.ts';
import { NotVouchedFor } from './oidc/provider-problem.ts';

/** Why nobody was signed in. */
export type NotSignedIn = 'unknown' | 'agent' | 'keys_off' | 'stale' | 'not_vouched_for' | NotAdmitted;

/** Somebody with a session: a caller who is known to have signed in, how and when. */
export type SignedIn = Caller & {
  via: SessionRow['via'];
  /** When they last proved who they are, in milliseconds since the epoch; 0 where that is not known. */
  authenticatedAt: number;
};

/** A sign-in that succeeded, and where to go on. */
export interface Entered extends sessions.Opened {
  /** Where to go on; null where nobody asked for a page. */
  next: string | null;
}

/** What a sign-in that begins is for. */
export interface Wish {
  next: string;
  /** Whether it must be a new proof of who it is. */
  fresh: boolean;
  /** Whoever asks for it, where somebody is signed in. */
  visitor?: { session: string; caller: Caller };
  /** What was being typed, as JSON. */
  draft?: string;
}

/** Who is signed in to the console. A session is worth what its holder is worth at that moment: revoked or disabled, it ends. */
export interface SignIns {
  /** How people sign in here. */
  ways: { provider: boolean; key: boolean };
  /** Keeps what a sign-in is for. Where to send the browser (null for our own page), and what it is to hold meanwhile. */
  begin(wish: Wish): Promise<{ url: string | null; held: sessions.Opened }>;
  /** Ends one at the provider: `held` is what the browser holds, `query` what it came back with. */
  byProvider(held: string, query: string): Promise<Entered | NotSignedIn>;
  byKey(key: string, held: string | null): Promise<Entered | NotSignedIn>;
  byLink(token: string, held: string | null): Promise<Entered | NotSignedIn>;
  /**
   * Whose session it is, or null when it is nobody's, is over or was signed out of. `isUse`: its holder does something, and no
   * page looks by itself.
   */
  callerOf(token: string, isUse: boolean): Promise<SignedIn | null>;
  /** What was being typed when the sign-in was asked for, once. */
  takeDraft(token: string): Promise<string | null>;
  /** Signs out. Where to send the browser so that the provider does too, or null. */
  end(token: string): Promise<string | null>;
}

export interface SignInDeps {
  store: Store;
  settings: SignInSettings;
  /** null where none is configured. */
  provider: OidcProvider | null;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Sign-ins that are kept in the store, so that they hold for every process of the API. */
export function createSignIns({ store, settings, provider, logger, now }: SignInDeps): SignIns {
  const enter = async (holder: sessions.SessionHolder, who: string, underWay: UnderWay | null): Promise<Entered> => {
    // What one person typed is not another's to send.
    const draft = underWay?.principal === who ? underWay.draft : null;
    const opened = await sessions.openSession(store, holder, now(), draft);
    if (underWay?.sessionId != null) await sessions.endSessionById(store, underWay.sessionId, now());
    logger.info({ principal: who, via: holder.via }, 'signed in');
    return { ...opened, next: underWay?.next ?? null };
  };

  // INVARIANT: I5 an agent cannot approve. Its key opens no session.
  const enterByKey = async (via: 'key' | 'link', key: KeyRecord | null, held: string | null) => {
    if (key === null) return 'unknown';
    if (key.role === 'agent') return 'agent';
    const underWay = held === null ? null : await takeSignIn(store, held, now());
    return enter({ via, keyId: key.id }, key.principal, underWay);
  };

  const enterVouched = async (vouch: Vouch, underWay: UnderWay): Promise<Entered | NotSignedIn> => {
    if (settings.oidc === undefined) return 'not_vouched_for';
    const person = await admit({ store, oidc: settings.oidc, now }, vouch);
    if (typeof person === 'string') return person;
    const { idToken, authenticatedAt } = vouch;
    return enter(
      { via: 'oidc', person: person.name, groups: person.groups, idToken, authenticatedAt },
      person.name,
      underWay,
    );
  };

  return {
    ways: { provider: provider !== null, key: settings.keySignIn },

    begin: async ({ next, fresh, visitor, draft }) => {
      const begun = provider === null ? null : await provider.begin(fresh);
      const underWay: UnderWay = {
        asked: begun === null ? null : { state: begun.state, nonce: begun.nonce, verifier: begun.verifier },
        next,
        fresh,
        sessionId: visitor === undefined ? null : sessions.sessionIdOf(visitor.session),
        principal: visitor?.caller.principal ?? null,
        draft: draft ?? null,
      };
      const held = await keepSignIn(store, underWay, now());
      if (held === null)
        throw new GateProblem('overloaded', 'Too many sign-ins are under way. Try again in ten minutes.');
      return { url: begun?.url ?? null, held };
    },

    byProvider: async (held, query) => {
      const underWay = await takeSignIn(store, held, now());
      if (provider === null || underWay?.asked == null) return 'stale';
      try {
        const vouch = await provider.finish(query, { ...underWay.asked, fresh: underWay.fresh });
        return await enterVouched(vouch, underWay);
      } catch (error) {
        if (!(error instanceof NotVouchedFor)) throw error;
        logger.warn({ says: error.message }, 'what the provider sent signs nobody in');
        return 'not_vouched_for';
      }
    },

    byKey: async (key, held) => (settings.keySignIn ? enterByKey('key', await findKey(store, key), held) : 'keys_off'),

    byLink: async (token, held) => {
      const keyId = await sessions.takeLink(store, token, now());
      return enterByKey('link', keyId === null ? null : await findKeyById(store, keyId), held);
    },

    callerOf: async (token, isUse) => {
      const row = await sessions.findSession(store, token, now(), isUse);
      if (row === null) return null;
      const { via, authenticated_at: authenticatedAt } = row;
      const holder = row.key_id === null ? await personOf(row) : await holderOf(row.key_id, via);
      return holder === null ? null : { ...holder, via, authenticatedAt };
    },

    takeDraft: (token) => sessions.takeDraft(store, token),

    end: async (token) => {
      const idToken = await sessions.endSession(store, token, now());
      return idToken === null || provider === null ? null : provider.signOutUrl(idToken);
    },
  };

  async function holderOf(keyId: string, via: SessionRow['via']): Promise<Caller | null> {
    if (via === 'key' && !settings.keySignIn) return null;
    const key = await findKeyById(store, keyId);
    return key === null || key.role === 'agent' ? null : key;
  }

  /** What the groups give now: with another setting, another role, or none. */
  async function personOf({ person: name, groups_json: json }: SessionRow): Promise<Caller | null> {
    const groups = json === null ? [] : (JSON.parse(json) as string[]);
    const role = settings.oidc === undefined ? null : roleOf(groups, settings.oidc);
    const person = name === null || role === null ? null : await findPrincipal(store, name);
    if (role === null || person?.kind !== 'person' || person.disabledAt !== null) return null;
    return { principal: person.name, role, groups, team: person.team, tags: person.tags };
  }
}
