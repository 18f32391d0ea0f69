import { approvalTermsSchema, effectSchema } from '@gatehouse/sdk/contract';
import { z } from 'zod';
import { approvalSchema } from './approval-schema.ts';
import { assemble } from './assemble.ts';
import { compileCondition } from './cel.ts';
import type { FinalRule } from './overrides.ts';
import type { ParameterValue } from './pack-schema.ts';
import type { Policy } from './policy.ts';
import type { PolicyProblem } from './problem.ts';
import { ruleModeSchema, ruleSchema } from './schema.ts';

const PLACE = { line: 1, column: 1 };
const FILE = 'stored policy';

const score = z.number().min(0).max(100).nullable();
const defaultsSchema = z.strictObject({
  unmatched: z.enum(['block', 'require_approval']),
  approval: z.strictObject(approvalTermsSchema.shape),
  riskThresholds: z.strictObject({ requireApproval: score, block: score }),
});
const parameterSchema = z.union([z.number(), z.string(), z.array(z.string())]) satisfies z.ZodType<ParameterValue>;

/** The canonical text of a policy, as far as it is not a rule. */
const textSchema = z.strictObject({
  version: z.literal(1),
  defaults: defaultsSchema,
  shadowDefaults: defaultsSchema.optional(),
  rules: z.array(z.record(z.string(), z.unknown())).min(1),
});

/** What the text says of a rule beside what a file would. */
const addedSchema = z.looseObject({
  /** With the name of its pack in front. */
  id: z.string().max(200),
  mode: ruleModeSchema.default('enforce'),
  params: z.record(z.string(), parameterSchema).optional(),
  overridden: z
    .strictObject({
      by: z.string(),
      reason: z.string(),
      was: z.strictObject({ effect: effectSchema, mode: ruleModeSchema, approval: approvalSchema.optional() }),
    })
    .optional(),
});

/**
 * Makes the policy again whose canonical text this is, or says why this version cannot. Never throws. Whoever has a
 * digest compares it: only with the same digest it is the same policy.
 */
export function policyFromText(text: string): { ok: true; policy: Policy } | { ok: false; problems: PolicyProblem[] } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refuse('the text is not JSON');
  }
  const parsed = textSchema.safeParse(raw);
  if (!parsed.success) return refuse(z.prettifyError(parsed.error));
  const { defaults, shadowDefaults = null, rules } = parsed.data;
  const problems: PolicyProblem[] = [];
  const read = rules.flatMap((rule) => {
    const one = readRule(rule);
    if (typeof one !== 'string') return [one];
    problems.push(problem(`the rule ${String(rule['id'])} cannot be read: ${one}`));
    return [];
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, policy: assemble({ names: [], defaults, shadowDefaults, rules: read }) };
}

/** One rule in its last form, or what is wrong with it. */
function readRule(written: Record<string, unknown>): FinalRule | string {
  const added = addedSchema.safeParse(written);
  if (!added.success) return z.prettifyError(added.error);
  const { id, mode, params, overridden, ...said } = added.data;
  const rule = ruleSchema.safeParse({ ...said, id: id.slice(id.lastIndexOf('/') + 1) });
  if (!rule.success) return z.prettifyError(rule.error);
  const { when } = rule.data;
  const compiled =
    when === undefined ? null : compileCondition(when, params === undefined ? null : new Map(Object.entries(params)));
  if (compiled?.ok === false) return compiled.problems.map(({ message }) => message).join('; ');
  return {
    id,
    mode,
    policy: FILE,
    source: rule.data,
    condition: compiled?.condition ?? null,
    params: params ?? null,
    overridden:
      overridden === undefined
        ? null
        : { ...overridden, was: { ...overridden.was, approval: overridden.was.approval } },
    file: FILE,
    place: PLACE,
    placeOf: () => PLACE,
  };
}

function refuse(message: string): { ok: false; problems: PolicyProblem[] } {
  return { ok: false, problems: [problem(message)] };
}

function problem(message: string): PolicyProblem {
  return { file: FILE, ...PLACE, message, fix: 'use a version of Gatehouse that can read it' };
}
