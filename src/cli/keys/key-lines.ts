import type { KeyView } from '@gatehouse/sdk/contract';
import { viewKeys } from '../../store/key-views.ts';
import type { Store } from '../../store/open.ts';
import { CliError, usageError } from '../cli-error.ts';
import { EXIT } from '../exit-codes.ts';

/** A key as the command prints it in JSON. */
export function toJson({ keyId: id, madeAt: createdAt, ...view }: KeyView) {
  return { id, createdAt, ...view };
}

/** What a key is narrowed to, in a few words. */
export function sayScopes(scopes: KeyView['scopes']): string {
  if (scopes === null) return '';
  const { actions = [], targets = [], readOnly = false } = scopes;
  const parts = [...actions.map((one) => `action=${one}`), ...targets.map((one) => `target=${one}`)];
  return [...parts, ...(readOnly ? ['read-only'] : [])].join(' ');
}

/** Whether a key holds, and why not. */
export function sayState({ live, revokedAt, expiresAt }: KeyView, now: number): string {
  if (live) return 'live';
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'disabled';
}

/** The one key that somebody means, by its id or its beginning. Throws `CliError` where it is none or several. */
export async function findOne(store: Store, wanted: string): Promise<KeyView> {
  // A whole key begins as its prefix does, so that it may be given too.
  const found = (await viewKeys(store, Date.now())).filter(
    ({ keyId, prefix }) => keyId === wanted || prefix.startsWith(wanted) || wanted.startsWith(prefix),
  );
  const [entry, ...others] = found;
  if (entry === undefined) {
    throw new CliError('not_found', 'No key has that id or begins like that: see `gatehouse keys list`.', EXIT.other);
  }
  if (others.length > 0) {
    const ids = found.map(({ keyId, name }) => `${keyId} (${name})`).join(', ');
    throw usageError(`That fits ${String(found.length)} keys: ${ids}. Give the id of one.`);
  }
  return entry;
}
