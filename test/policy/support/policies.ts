import type { JsonObject, Outcome } from '@gatehouse/sdk/contract';
import { ENGINE } from '../../../src/decide/trial.ts';
import type { Policy, PolicyFile } from '../../../src/policy/index.ts';
import { formatProblem, formatWarning, parsePolicy } from '../../../src/policy/index.ts';
import type { Situation, TriedAction } from '../../../src/policy/trial.ts';

/** A Wednesday noon in UTC. */
export const NOON = Date.UTC(2026, 0, 7, 12);

/** A file of the given rules, each as a flow map: `{ id: a, … }`. */
export function fileOf(rules: readonly string[], head = ''): string {
  return `version: 1\nname: test\n${head}\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`;
}

/** Files by name, in the form in which they are parsed. */
export function filesOf(texts: Readonly<Record<string, string>>): PolicyFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

/** The policy of these files. Fails with every problem where they are not sound. */
export function soundPolicy(
  texts: Readonly<Record<string, string>>,
  packs: Readonly<Record<string, string>> = {},
): Policy {
  const parsed = parsePolicy(filesOf(texts), filesOf(packs));
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.policy;
}

/** Everything that is wrong with these files, a line each. */
export function problemsOf(
  texts: Readonly<Record<string, string>>,
  packs: Readonly<Record<string, string>> = {},
): string[] {
  const parsed = parsePolicy(filesOf(texts), filesOf(packs));
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
}

/** Everything that is hardly meant in these sound files, a line each. */
export function warningsOf(
  texts: Readonly<Record<string, string>>,
  packs: Readonly<Record<string, string>> = {},
): string[] {
  const parsed = parsePolicy(filesOf(texts), filesOf(packs));
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.warnings.map(formatWarning);
}

/** An action without anything beside it. */
export function actionOf(type: string, target: string, context: JsonObject = {}, agent = 'agent-1'): TriedAction {
  return { type, target, context, agent };
}

/** What comes of an action, with the engine that decides in earnest. */
export function outcomeOf(policy: Policy, action: TriedAction, situation: Partial<Situation> = {}): Outcome {
  return ENGINE.weigh(action, policy, { now: NOON, ...situation }).judgement.outcome;
}
