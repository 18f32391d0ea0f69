import type { Judgement } from '@gatehouse/sdk/contract';
import { DateTime } from 'luxon';
import { toAsker } from '../asker.ts';
import type { RuleTrace } from '../explain/rule-trace.ts';
import { traceRules } from '../explain/trace-rules.ts';
import type { Policy } from '../policy.ts';
import type { Engine, Situation, TriedAction } from '../trial.ts';
import type { Mismatch } from './mismatch.ts';
import { mismatches } from './mismatch.ts';
import { pastOfCase } from './past-of-case.ts';
import type { PlacedCase } from './read-cases.ts';
import type { PolicyCase } from './schema.ts';

/** What became of one case. */
export interface CaseResult {
  name: string;
  file: string;
  line: number;
  passed: boolean;
  judgement: Judgement;
  mismatches: Mismatch[];
  /** Of a case that failed: how the rules that it expected stand to the action. */
  traces: RuleTrace[];
}

/** The time of a case that names none: a Wednesday, at noon UTC. */
export const TIME_OF_CASES = '2026-01-07T12:00:00Z';

/** Runs cases against a policy with the engine that decides in earnest. Pure; never throws. */
export function runCases(cases: readonly PlacedCase[], policy: Policy, engine: Engine): CaseResult[] {
  return cases.map((each) => runCase(each, policy, engine));
}

function runCase(given: PlacedCase, policy: Policy, engine: Engine): CaseResult {
  const action = actionOf(given);
  const situation = situationOf(given, action, policy, engine);
  const { judgement } = engine.weigh(action, policy, situation);
  const found = mismatches(given.expect, judgement);
  const { name, place } = given;
  return {
    name,
    file: place.file,
    line: place.line,
    passed: found.length === 0,
    judgement,
    mismatches: found,
    traces: found.length === 0 ? [] : tracesOf(given, judgement, action, policy, situation, engine),
  };
}

/** The action of a case in the form in which it is judged. */
export function actionOf({ action, agent }: PolicyCase): TriedAction {
  return { ...action, agent: agent.name, asker: toAsker(agent) };
}

function situationOf(given: PolicyCase, action: TriedAction, policy: Policy, engine: Engine): Situation {
  const at = { now: DateTime.fromISO(given.at ?? TIME_OF_CASES).toMillis(), tool: given.tool };
  return { ...at, past: pastOfCase(given, action, policy, engine.weigh, at) };
}

/** The rules that were expected and did not match, and the one that decided instead. */
function tracesOf(
  { expect }: PolicyCase,
  judgement: Judgement,
  action: TriedAction,
  policy: Policy,
  situation: Situation,
  engine: Engine,
): RuleTrace[] {
  const matched = new Set(judgement.matchedRules.map((rule) => rule.id));
  const wanted = [expect.rule, ...(expect.rules ?? [])].filter((id) => typeof id === 'string' && !matched.has(id));
  const rules = policy.rules.filter((rule) => wanted.includes(rule.id));
  if (rules.length === 0) return [];
  return traceRules(rules, engine.factsOf(action, situation), situation.past, judgement.matchedRule);
}
