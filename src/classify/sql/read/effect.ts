import type { Finding } from '../../finding.ts';
import type { Names } from './names.ts';

/** What one statement, or one thing in it, does: a finding that does not know yet in which argument it stands. */
export type Effect = Omit<Finding, 'part' | 'targetKind' | 'environment' | 'sensitivity' | 'carrier' | 'settles'>;

/** Where something stands in the text, in UTF-16 units. */
export type Place = NonNullable<Finding['at']>;

/** An SQL text as one parser understood it, or why it did not. */
export type Reading = { effects: readonly Effect[]; names: Names } | Unread;
export interface Unread {
  unread: string;
  at?: Place;
}

export function isUnread(reading: Reading): reading is Unread {
  return 'unread' in reading;
}

/** A statement of a kind that is not known counts as something that runs and destroys. */
export function unknownStatement(kind: string, place: Place): Effect {
  return {
    operation: 'execute',
    destructive: true,
    irreversible: true,
    confidence: 'low',
    at: place,
    says: `it is ${kind}, which is not known`,
  };
}
