import { isRole } from '../access/roles.ts';
import { roleOf } from '../console/session/oidc/claims.ts';
import type { SlackConfig } from '../notices/config.ts';
import type { OidcSettings } from '../settings.ts';
import { findKeyById, listKeys } from '../store/keys.ts';
import type { Store } from '../store/open.ts';
import { readGroups } from '../store/people.ts';
import { findPrincipal } from '../store/principals.ts';
import type { Caller } from './gateway.ts';

/** Slack does not say when somebody signed in there last, so nothing counts as recent. */
export type SlackCaller = Caller & { authenticatedAt: 0 };

/** Why a Slack user is nobody here: not named, nobody who may answer, or too long ago signed in. */
export type NotKnown = 'not_named' | 'no_reviewer' | 'stale_sign_in';

export interface SlackPeople {
  store: Store;
  slack: Pick<SlackConfig, 'people' | 'signedInWithinMs'>;
  /** The provider by which people sign in; undefined where there is none. */
  oidc: Pick<OidcSettings, 'issuer' | 'roles'> | undefined;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/**
 * Who a Slack user is to the gate. An operator has named them: what Slack says of somebody, their address of mail included, they
 * or whoever runs that workspace can change. Their role and groups are those that they have here at this moment: of their newest
 * key that still holds, or, without one, those that the provider gave them when they signed in last.
 */
export async function personBehind(known: SlackPeople, user: string): Promise<SlackCaller | NotKnown> {
  const name = known.slack.people.get(user);
  if (name === undefined) return 'not_named';
  return (await byKey(known.store, name)) ?? bySignIn(known, name);
}

async function byKey(store: Store, name: string): Promise<SlackCaller | null> {
  const keys = await listKeys(store);
  const theirs = keys.filter(({ principal, role }) => principal === name && isRole(role) && role !== 'agent').reverse();
  for (const { id } of theirs) {
    const key = await findKeyById(store, id);
    if (key !== null) return { ...key, authenticatedAt: 0 };
  }
  return null;
}

/** As a session would: with another setting another role, and nothing for somebody who is disabled. */
async function bySignIn({ store, slack, oidc, now }: SlackPeople, name: string): Promise<SlackCaller | NotKnown> {
  const vouched = oidc === undefined ? null : await readGroups(store, { name, issuer: oidc.issuer });
  const role = oidc === undefined || vouched === null ? null : roleOf(vouched.groups, oidc);
  const person = vouched === null || role === null ? null : await findPrincipal(store, name);
  // INVARIANT: I5 an agent cannot approve, whatever stands in the file.
  if (vouched === null || role === null || person?.kind !== 'person' || person.disabledAt !== null)
    return 'no_reviewer';
  if (now() - vouched.at >= slack.signedInWithinMs) return 'stale_sign_in';
  const { team, tags } = person;
  return { principal: name, role, groups: vouched.groups, team, tags, authenticatedAt: 0 };
}
