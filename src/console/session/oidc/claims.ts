import { ROLES } from '../../../access/roles.ts';
import type { OidcSettings, PersonRole } from '../../../settings.ts';

type Claims = Readonly<Record<string, unknown>>;

/** Names of people, as those of the holders of keys. */
const NAME = /^[A-Za-z0-9][\w.@+-]{0,99}$/;
/** A token that lists more was not made for us; what approvals ask for is among the first. */
const MOST_GROUPS = 1_000;
const MAX_GROUP_LENGTH = 200;

/** The name of a person, or null where the claim holds none that can stand on record. */
export function nameOf(claims: Claims, { nameClaim }: Pick<OidcSettings, 'nameClaim'>): string | null {
  const name = claimAt(claims, nameClaim);
  // Whoever could give any address as theirs could be anybody.
  if (nameClaim === 'email' && claims['email_verified'] !== true) return null;
  return typeof name === 'string' && NAME.test(name) ? name : null;
}

/** The groups of a person: a list of texts, or one. */
export function groupsOf(claims: Claims, { groupsClaim }: Pick<OidcSettings, 'groupsClaim'>): string[] {
  const listed: unknown = claimAt(claims, groupsClaim);
  const groups: unknown[] = Array.isArray(listed) ? listed : [listed];
  return groups
    .filter((group) => typeof group === 'string')
    .filter((group) => group !== '' && group.length <= MAX_GROUP_LENGTH)
    .slice(0, MOST_GROUPS);
}

/** The role that the groups give: the one that may do most; null for none. */
export function roleOf(groups: readonly string[], { roles }: Pick<OidcSettings, 'roles'>): PersonRole | null {
  const given = new Set(groups.filter((group) => Object.hasOwn(roles, group)).map((group) => roles[group]));
  const role = ROLES.find((each) => each !== 'agent' && given.has(each));
  return role === undefined || role === 'agent' ? null : role;
}

/** A claim by its name, or by its path with dots where there is none of that name. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found;
}
