import type { Condition } from './condition.ts';
import { picksOne, truthOf } from './condition.ts';
import type { Effect, Place } from './effect.ts';

interface RowChange {
  table: string;
  where: Condition | undefined;
  /** The most rows that its LIMIT or TOP lets it change. */
  limit?: number | undefined;
  at?: Place | undefined;
}

/** What an UPDATE does. The old values are lost; without a condition that chooses, those of the whole table. */
export function updateOf(change: RowChange): Effect {
  const { reach, which } = scopeOf(change);
  return {
    operation: 'write',
    irreversible: true,
    reach,
    confidence: 'high',
    ...(reach === 'all' ? { destructive: true as const } : {}),
    ...(change.at ? { at: change.at } : {}),
    says: `it updates ${which} of ${change.table}`,
  };
}

/** What a DELETE does. */
export function deleteOf(change: RowChange): Effect {
  const { reach, which } = scopeOf(change);
  return {
    operation: 'delete',
    destructive: true,
    irreversible: true,
    reach,
    confidence: 'high',
    ...(change.at ? { at: change.at } : {}),
    says: `it deletes ${which} of ${change.table}`,
  };
}

function scopeOf({ where, limit }: RowChange): { reach: 'one' | 'many' | 'all'; which: string } {
  if (limit === 1 || (where !== undefined && picksOne(where))) return { reach: 'one', which: 'one row' };
  if (limit !== undefined) return { reach: 'many', which: 'rows' };
  if (where === undefined) return { reach: 'all', which: 'every row (there is no WHERE)' };
  if (truthOf(where) === true) return { reach: 'all', which: 'every row (its WHERE is always true)' };
  return { reach: 'many', which: 'rows' };
}
