import { readFileSync } from 'node:fs';
import { judge } from '../../src/decide/judge.ts';
import { ACTIONS } from '../../src/demo/agent.ts';
import { parsePolicy } from '../../src/policy/index.ts';

const path = 'policies/baseline.yaml';

describe('the actions of the sample agent under the baseline policy', () => {
  test.each([
    ['read', 'ALLOW'],
    ['drop', 'BLOCK'],
    ['remove', 'REQUIRE_APPROVAL'],
  ] as const)('%s: %s', (name, outcome) => {
    const parsed = parsePolicy([{ path, text: readFileSync(path, 'utf8') }]);
    if (!parsed.ok) throw new Error(`the baseline is broken: ${JSON.stringify(parsed.problems)}`);
    const { type, target, context } = ACTIONS[name];
    const judgement = judge({ type, target, context, agent: 'agent' }, { ok: true, policy: parsed.policy }, { now: 0 });
    expect({ outcome: judgement.outcome, reason: judgement.reason }).toEqual({ outcome, reason: judgement.reason });
  });
});
