import type { Judgement } from '@gatehouse/sdk/contract';
import { compareTerms } from './expected-terms.ts';
import type { PolicyCase } from './schema.ts';

/** One thing that came out otherwise than expected. */
export interface Mismatch {
  what: string;
  expected: string;
  actual: string;
}

/** Everything in which a judgement is not what a case expects; empty where it passes. */
export function mismatches(expect: PolicyCase['expect'], judgement: Judgement): Mismatch[] {
  const found: Mismatch[] = [];
  const hold = (what: string, expected: string, actual: string, fits = expected === actual): void => {
    if (!fits) found.push({ what, expected, actual });
  };
  hold('outcome', expect.outcome, judgement.outcome);
  if (expect.rule !== undefined) hold('rule', expect.rule ?? 'no rule', judgement.matchedRule ?? 'no rule');
  if (expect.rules !== undefined) {
    const ids = [...judgement.matchedRules, ...judgement.shadowRules].map((rule) => rule.id);
    hold(
      'rules',
      listed(expect.rules),
      listed(ids),
      expect.rules.every((id) => ids.includes(id)),
    );
  }
  if (expect.reason !== undefined) {
    const { reason } = judgement;
    hold('reason', `… ${expect.reason} …`, reason, reason.toLowerCase().includes(expect.reason.toLowerCase()));
  }
  if (expect.shadowOutcome !== undefined) {
    hold('shadowOutcome', expect.shadowOutcome ?? 'none', judgement.shadowOutcome ?? 'none');
  }
  if (expect.approval !== undefined) {
    const compared = compareTerms(expect.approval, judgement.approval);
    for (const { what, expected, actual } of compared) hold(what, expected, actual);
  }
  return found;
}

function listed(ids: readonly string[]): string {
  return ids.length === 0 ? 'none' : [...ids].sort().join(', ');
}
