import { randomUUID } from 'node:crypto';
import type { OidcSettings } from '../../../settings.ts';
import { appendEvents } from '../../../store/events.ts';
import { KEYS_RECORD } from '../../../store/keys-record.ts';
import type { Store } from '../../../store/open.ts';
import { keepGroups, personOf } from '../../../store/people.ts';
import { findPrincipal, knowPrincipal } from '../../../store/principals.ts';
import { groupsOf, nameOf, roleOf } from './claims.ts';
import type { Vouch } from './provider.ts';

/** Why somebody whom the provider knows is not let in. */
export type NotAdmitted = 'no_role' | 'no_name' | 'name_taken' | 'disabled';

const MAX_SUBJECT = 255;

interface AdmitDeps {
  store: Store;
  oidc: OidcSettings;
  now: () => number;
}

/** Lets somebody in whom the provider vouches for: by the name and the groups of the claims. A refusal goes on record. */
export async function admit(
  { store, oidc, now }: AdmitDeps,
  { issuer, subject, claims }: Vouch,
): Promise<{ name: string; groups: string[] } | NotAdmitted> {
  const groups = groupsOf(claims, oidc);
  const wanted = nameOf(claims, oidc);
  const refuse = async (code: NotAdmitted): Promise<NotAdmitted> => {
    const data = { what: 'sign_in', code, issuer, subject: subject.slice(0, MAX_SUBJECT), groups: groups.length };
    const actor = `person:${wanted ?? 'unknown'}`;
    const event = { kind: 'refused_attempt', key: `sign-in:${randomUUID()}`, actor, at: now(), data } as const;
    await appendEvents(store.db, KEYS_RECORD, [event]);
    return code;
  };
  if (roleOf(groups, oidc) === null) {
    // What they had before must not go on counting where they have no session.
    await keepGroups(store, { issuer, subject, groups }, now());
    return refuse('no_role');
  }
  if (wanted === null) return refuse('no_name');
  await knowPrincipal(store.db, { name: wanted, kind: 'person', at: now() });
  // INVARIANT: I5 an agent cannot approve. Nobody signs in by the name of one.
  if ((await findPrincipal(store, wanted))?.kind !== 'person') return refuse('name_taken');
  const name = await personOf(store, { name: wanted, issuer, subject }, now());
  if (name === null) return refuse('name_taken');
  await keepGroups(store, { issuer, subject, groups }, now());
  const isDisabled = (await findPrincipal(store, name))?.disabledAt !== null;
  return isDisabled ? refuse('disabled') : { name, groups };
}
