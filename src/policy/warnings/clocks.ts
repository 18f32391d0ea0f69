import type { FinalRule } from '../overrides.ts';
import type { PolicyDefaults } from '../policy.ts';
import { termsOf } from '../terms.ts';
import type { Finding } from './finding.ts';

/** Reminders and steps of a ladder that never come, for the question has ended by then. */
export function findLateClocks(rules: readonly FinalRule[], { approval }: Pick<PolicyDefaults, 'approval'>): Finding[] {
  return rules.flatMap((rule) => {
    const { effect, approval: written } = rule.source;
    if (effect !== 'require_approval' || written === undefined) return [];
    const { expiresInSeconds, remindEverySeconds, stages } = termsOf(written, approval);
    const end = expiresInSeconds ?? Infinity;
    const found: Finding[] = [];
    const tell = (path: Finding['path'], what: string): void => {
      const message = `the rule ${rule.id} ${what}: its approvals have expired by then`;
      found.push({ rule, path: ['approval', ...path], message, fix: 'make it shorter, or expiresIn longer' });
    };
    if (written.remindEvery !== undefined && (remindEverySeconds ?? 0) >= end) {
      tell(['remindEvery'], 'never reminds anybody');
    }
    const ladders = written.stages?.map(({ escalate }) => escalate) ?? [written.escalate];
    for (const [index, ladder] of ladders.entries()) {
      const late = stages[index]?.escalation.findIndex(({ afterSeconds }) => afterSeconds >= end) ?? -1;
      if (ladder === undefined || late === -1) continue;
      const base = written.stages === undefined ? [] : ['stages', index];
      tell([...base, 'escalate', late, 'after'], 'never takes a step of its ladder');
    }
    return found;
  });
}
