import type { ActionView } from '@gatehouse/sdk/contract';
import type { Card } from './card.ts';

/** What rules in shadow make of an action, so that nobody takes it for what was decided. */
export function shadowRows(
  card: Card,
  { shadowRules, shadowOutcome }: Pick<ActionView, 'shadowRules' | 'shadowOutcome'>,
): void {
  for (const { id, effect, reason } of shadowRules) card.row('in shadow', `${id} (${effect}, not enforced): ${reason}`);
  if (shadowOutcome !== null) card.row('', `were it enforced: ${shadowOutcome}`);
}
