import type { Classification, JsonObject, Severity } from '@gatehouse/sdk/contract';
import type { Examination, NameForms, Quantity } from '../classify/index.ts';
import { nameForms } from '../classify/index.ts';

/** Everything that rules may look at. */
export interface Facts {
  action: { type: string; target: string };
  args: JsonObject;
  agent: { name: string };
  classification: Classification;
  risk: { score: number; severity: Severity };
  found: Examination;
}

/** The facts in the forms that matchers and conditions take, made once for each action. */
export interface PreparedFacts extends Facts {
  names: { action: NameForms; target: NameForms; agent: NameForms };
  variables: Record<string, unknown>;
}

/** Prepares facts for evaluation. */
export function prepare(facts: Facts): PreparedFacts {
  return {
    ...facts,
    names: {
      action: nameForms(facts.action.type),
      target: nameForms(facts.action.target),
      agent: nameForms(facts.agent.name),
    },
    variables: {
      action: facts.action,
      args: facts.args,
      agent: facts.agent,
      classification: facts.classification,
      risk: facts.risk,
      found: foundVariable(facts.found),
    },
  };
}

/**
 * A quantity that is missing or unclear has no field here: a condition that relies on it fails, and a failed condition
 * is a refusal. `has(found.amount)` asks whether it is there.
 */
function foundVariable(found: Examination): Record<string, unknown> {
  const variable: Record<string, unknown> = {
    everything: found.everything,
    sensitivity: found.sensitivity,
    targetEnvironment: found.targetEnvironment,
  };
  for (const name of ['amount', 'count', 'recipients'] as const) {
    const quantity: Quantity = found[name];
    if (quantity.state === 'known') variable[name] = quantity.value;
  }
  return variable;
}
