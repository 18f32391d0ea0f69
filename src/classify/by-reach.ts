import type { ClassifiedAction } from './classify.ts';
import type { Finding } from './finding.ts';
import type { Reached } from './reach.ts';
import { findReach } from './reach.ts';
import { findSensitivity } from './sensitivity.ts';
import type { Sensitivity } from './words.ts';

const SAYS: Record<Sensitivity, string> = { secrets: 'secrets', personal: 'personal data', money: 'money' };

/** What the quantities of a call say of its reach, and its names of what is sensitive. */
export function findByReach(action: ClassifiedAction): Finding[] {
  const sensitive = findSensitivity(action).map((sensitivity): Finding => {
    return { sensitivity, part: 'action', says: `it names ${SAYS[sensitivity]}` };
  });
  return [...reachOf(findReach(action.type, action.context)), ...sensitive];
}

function reachOf({ count, recipients, everything }: Reached): Finding[] {
  if (everything) return [{ reach: 'all', part: 'action', says: 'it reaches everything or everyone at once' }];
  const counts = [count, recipients].flatMap((quantity) => (quantity.state === 'known' ? [quantity.value] : []));
  if (counts.length === 0) return [];
  const most = Math.max(...counts);
  return [{ reach: most > 1 ? 'many' : 'one', part: 'context', says: `it counts ${String(most)}` }];
}
