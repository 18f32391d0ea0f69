import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, Judgement } from '@gatehouse/sdk/contract';
import type { JudgedAction, PolicyInForce } from '../../src/decide/judge.ts';
import { judge as judgeAt } from '../../src/decide/judge.ts';
import { loadPolicyFolder } from '../../src/decide/policy-folder.ts';
import type { Policy } from '../../src/policy/index.ts';
import { formatProblem, parsePolicy } from '../../src/policy/index.ts';

export const BASELINE_DIR = join(__dirname, '..', '..', 'policies');
export const BASELINE_TEXT = readFileSync(join(BASELINE_DIR, 'baseline.yaml'), 'utf8');

/** The policy that the project ships. */
export function baseline(): { ok: true; policy: Policy } {
  return sound(loadPolicyFolder(BASELINE_DIR));
}

/** A policy of the given texts; fails with every problem where they are not sound. */
export function policyOf(...texts: string[]): { ok: true; policy: Policy } {
  return sound(parsePolicy(texts.map((text, index) => ({ path: `p${index}.yaml`, text }))));
}

/** A policy of rules written one after the other, as they stand in a file. */
export function rules(text: string, defaults = 'unmatched: block'): PolicyInForce {
  return policyOf(`version: 1\nname: test\ndefaults: { ${defaults} }\nrules:\n${text}`);
}

export function action(type: string, target: string, context: JsonObject = {}, agent = 'agent-1'): JudgedAction {
  return { type, target, context, agent };
}

function sound(parsed: ReturnType<typeof parsePolicy>): { ok: true; policy: Policy } {
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed;
}

/** A Wednesday noon in UTC. */
export const NOON = Date.UTC(2026, 6, 15, 12);

/** Judges at that moment. */
export function judge(action: JudgedAction, inForce: PolicyInForce): Judgement {
  return judgeAt(action, inForce, { now: NOON });
}
