import type { Classification } from '@gatehouse/sdk/contract';
import type { Quantity } from './amount.ts';
import { findAmount } from './amount.ts';
import { findByTarget } from './by-name.ts';
import type { ClassifiedAction } from './classify.ts';
import { classify } from './classify.ts';
import { findContent } from './content/content.ts';
import type { ContentFinding } from './content/finding.ts';
import { strictest } from './finding.ts';
import { findReach } from './reach.ts';
import { findSensitivity } from './sensitivity.ts';
import type { Sensitivity } from './words.ts';

/** What was found in a call beside its class: how much, how many, how secret. */
export interface Examination {
  amount: Quantity;
  count: Quantity;
  recipients: Quantity;
  /** It reaches everything or everyone at once. */
  everything: boolean;
  /** What the call touches that is sensitive, sorted. */
  sensitivity: Sensitivity[];
  /** The environment as the target's own name says, whatever the arguments claim. */
  targetEnvironment: Classification['environment'];
  /** Secrets and personal data in what is bound for the outside, masked. */
  content: ContentFinding[];
}

/**
 * Looks through a call for quantities, reach and sensitive things. What the classification found by reading (a place of
 * secrets, a metadata service, a card in a mail) counts beside what the call names. Bounded in time for any input; never throws.
 */
export function examine(action: ClassifiedAction, classification = classify(action)): Examination {
  return {
    amount: findAmount(action.context),
    ...findReach(action.type, action.context),
    sensitivity: sensitivityOf(action, classification),
    targetEnvironment: strictest(findByTarget(action.target)).environment,
    content: findContent(action),
  };
}

function sensitivityOf(action: ClassifiedAction, { sensitivity }: Classification): Sensitivity[] {
  const read = sensitivity.filter((kind) => kind !== 'production');
  return [...new Set([...findSensitivity(action), ...read])].sort();
}
