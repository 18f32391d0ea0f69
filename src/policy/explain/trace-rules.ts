import { lookBack, applyRule } from '../apply-rule.ts';
import type { Condition, Truth } from '../cel.ts';
import { compileCondition } from '../cel.ts';
import type { Facts, PreparedFacts } from '../facts.ts';
import { prepare } from '../facts.ts';
import type { ParameterValues } from '../parameters.ts';
import type { Past } from '../past.ts';
import { inHindsight } from '../past.ts';
import type { Rule } from '../policy.ts';
import { trace } from '../trace.ts';
import { partsOfCondition } from './condition-parts.ts';
import type { RuleTrace, TraceCondition } from './rule-trace.ts';
import { shown } from './shown.ts';

/** How each of some rules stands to an action, with every value that it looked at. `decisive` is the rule that decided. */
export function traceRules(
  rules: readonly Rule[],
  facts: Facts,
  past: Past | undefined,
  decisive: string | null,
): RuleTrace[] {
  const prepared = prepare(facts);
  return rules.map((rule) => traceRule(rule, prepared, past, decisive));
}

function traceRule(rule: Rule, facts: PreparedFacts, past: Past | undefined, decisive: string | null): RuleTrace {
  const { parts, condition } = trace(rule, facts);
  const fit = applyRule(rule, facts);
  const { id, effect, mode, reason, place } = rule;
  return {
    id,
    effect,
    mode,
    matched: fit !== null && lookBack(fit, facts, past) !== null,
    decisive: id === decisive,
    reason,
    place,
    parts: parts.map(({ key, wanted, actual, holds }) => ({
      key,
      wanted: shown(wanted),
      actual: shown(actual),
      holds,
    })),
    condition: condition === null ? null : traceCondition(rule, condition, facts),
    past: fit === null ? null : pastOf(rule, facts, past),
  };
}

function traceCondition(
  { params }: Rule,
  { text, truth }: { text: string; truth: Truth },
  facts: PreparedFacts,
): TraceCondition {
  const parameters = params === null ? null : (new Map(Object.entries(params)) as ParameterValues);
  const compiled = compileCondition(text, parameters);
  const variables = { ...facts.variables, ...(params === null ? {} : { params }) };
  const { texts, fields } = compiled.ok ? partsOfCondition(compiled.ast) : { texts: [], fields: [] };
  return {
    text,
    truth: wordFor(truth),
    error: truth.ok ? null : truth.error,
    parts:
      texts.length < 2
        ? []
        : texts.map((part) => ({ text: part, truth: wordFor(partOf(part, parameters)(variables)) })),
    values: fields.map((path) => {
      const value = valueAt(variables, path);
      const name = path.join('.');
      return value === undefined ? { name } : { name, value: shown(value) };
    }),
  };
}

const UNTOLD: Condition = () => ({ ok: false, error: 'it cannot be told alone' });

/** A part of a condition as one of its own. A bare field such as `found.everything` has to be compared with something. */
function partOf(text: string, parameters: ParameterValues | null): Condition {
  const compiled = compileCondition(text, parameters);
  if (compiled.ok) return compiled.condition;
  const compared = compileCondition(`(${text}) == true`, parameters);
  return compared.ok ? compared.condition : UNTOLD;
}

function wordFor(truth: Truth): TraceCondition['truth'] {
  return truth.ok ? (truth.value ? 'true' : 'false') : 'cannot be told';
}

function valueAt(variables: Record<string, unknown>, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, step) => {
    const has = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return has ? (value as Record<string, unknown>)[step] : undefined;
  }, variables);
}

function pastOf(rule: Rule, facts: Facts, past: Past | undefined): string | null {
  const { limit, after } = rule;
  if (limit === null && after === null) return null;
  const { applies, says } = inHindsight(rule.id, rule, facts.args, past);
  if (applies) return says ?? 'such an earlier action was found';
  return past?.followed.get(rule.id) === false ? 'no such earlier action was found' : 'the budget is not used up';
}
