import type { GrantRequest } from '@gatehouse/sdk/contract';
import { parseDuration } from '../../policy/duration.ts';
import { usageError } from '../cli-error.ts';

/** The options of a standing permission that is given along with an approval. */
export interface GrantOptions {
  grant?: string;
  uses?: string;
  within?: string;
  same?: string[];
  anyArguments?: boolean;
}

/** The standing permission that the options ask for; undefined for none. Throws a usage error where they do not fit together. */
export function grantOf({ grant, uses, within, same, anyArguments }: GrantOptions): GrantRequest | undefined {
  if (grant === undefined) {
    const left = Object.entries({
      '--uses': uses,
      '--within': within,
      '--same': same,
      '--any-arguments': anyArguments,
    });
    const stray = left.find(([, value]) => value !== undefined);
    if (stray !== undefined) throw usageError(`${stray[0]}: belongs to --grant. Name the permission with --grant.`);
    return undefined;
  }
  if (same !== undefined && anyArguments === true) throw usageError('Give --same or --any-arguments, not both.');
  const count = /^\d{1,5}$/.test(uses ?? '') ? Number(uses) : 0;
  if (count < 1) throw usageError('--uses: say how often the permission may be used, e.g. --uses 20.');
  const withinSeconds = parseDuration(within ?? '');
  if (withinSeconds === undefined) throw usageError('--within: say for how long, e.g. --within 30m, 8h or 7d.');
  const names = anyArguments === true ? [] : same;
  return { name: grant, uses: count, withinSeconds, ...(names === undefined ? {} : { sameArguments: names }) };
}
