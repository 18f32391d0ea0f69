import type { JsonObject, MatchedRule } from '@gatehouse/sdk/contract';
import canonicalize from 'canonicalize';
import { editOfQuestion } from '../../decide/edited.ts';
import { readJudgement } from '../../decide/stored-judgement.ts';
import type { ActionRow, ApprovalRow } from '../../store/actions.ts';

/** What a question is about: the agent's arguments, or those that a reviewer put in their place before it was asked. */
export function askedArguments(approval: ApprovalRow, action: ActionRow): JsonObject {
  return editOfQuestion(approval)?.arguments ?? (JSON.parse(action.context_json) as JsonObject);
}

/** What differs from the question before, in words for whoever answered that one. */
export function differencesFrom(before: ApprovalRow, now: ApprovalRow, action: ActionRow): string[] {
  const [was, is] = [readJudgement(before.judgement_json), readJudgement(now.judgement_json)];
  const [asked, asks] = [askingOf(was.matchedRules), askingOf(is.matchedRules)];
  const says = [`The question before was ${before.status} by ${before.resolved_by ?? 'the clock'}.`];
  if (before.action_digest !== now.action_digest) {
    const names = changedNames(askedArguments(before, action), askedArguments(now, action));
    says.push(`${editOfQuestion(now)?.by ?? 'A reviewer'} put other arguments in place: ${names.join(', ')}.`);
  }
  if (before.policy_digest !== now.policy_digest) says.push('The policy in force is another.');
  for (const { id, reason } of asks.values()) if (!asked.has(id)) says.push(`The rule ${id} asks now: ${reason}`);
  for (const { id } of asked.values()) if (!asks.has(id)) says.push(`The rule ${id} asks no longer.`);
  if (was.riskScore !== is.riskScore) {
    says.push(`The risk score is ${String(is.riskScore)}; it was ${String(was.riskScore)}.`);
  }
  return says;
}

function askingOf(rules: readonly MatchedRule[]): Map<string, MatchedRule> {
  return new Map(rules.filter(({ effect }) => effect === 'require_approval').map((rule) => [rule.id, rule]));
}

function changedNames(before: JsonObject, now: JsonObject): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.filter((name) => canonicalize(before[name]) !== canonicalize(now[name]));
}
