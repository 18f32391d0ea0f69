import type { Classification, JsonObject, Severity } from '@gatehouse/sdk/contract';
import type { Examination, NameForms, Quantity } from '../classify/index.ts';
import { nameForms } from '../classify/index.ts';
import type { LocalTime } from './during.ts';
import { localTime } from './during.ts';

/** How the inventory knows a tool: never seen before, changed since somebody looked, or as it was. */
export const TOOL_STATUSES = ['new', 'changed', 'known'] as const;
export type ToolStatus = (typeof TOOL_STATUSES)[number];

/** Everything that rules may look at, but for the past. */
export interface Facts {
  /** `tags`, `session` and `server` are what the caller says of the action. */
  action: { type: string; target: string; tags: readonly string[]; session: string | null; server: string | null };
  args: JsonObject;
  /** What the gate itself knows of the agent. */
  agent: {
    name: string;
    team: string | null;
    roles: readonly string[];
    tags: readonly string[];
    /** Who answers for it; null where nobody is named. */
    owner: string | null;
    /** Where it runs, e.g. `production`; null where that is not known. */
    environment: string | null;
    /** On whose behalf it acts directly; null for an agent that acts for nobody. */
    parent: string | null;
    /** Everybody on whose behalf it acts: its parent first, then that one's. */
    chain: readonly string[];
  };
  /** Null where no tool is named, or there is no inventory. */
  tool: { status: ToolStatus | null };
  /** Milliseconds since the epoch: the engine reads no clock. */
  now: number;
  classification: Classification;
  risk: { score: number; severity: Severity };
  found: Examination;
}

/** The facts in the forms that matchers and conditions take, made once for each action. */
export interface PreparedFacts extends Facts {
  names: {
    action: NameForms;
    target: NameForms;
    agent: NameForms;
    team: NameForms[];
    role: NameForms[];
    /** Tags that the gate gave the agent. */
    agentTag: NameForms[];
    /** Tags that the caller gave the action. */
    actionTag: NameForms[];
    server: NameForms[];
  };
  /** What the clocks of a time zone show. */
  clock: (timeZone: string) => LocalTime;
  variables: Record<string, unknown>;
}

/** Prepares facts for evaluation. */
export function prepare(facts: Facts): PreparedFacts {
  const { action, agent } = facts;
  const clock = clocks(facts.now);
  return {
    ...facts,
    names: {
      action: nameForms(action.type),
      target: nameForms(action.target),
      agent: nameForms(agent.name),
      team: agent.team === null ? [] : [nameForms(agent.team)],
      role: agent.roles.map(nameForms),
      agentTag: agent.tags.map(nameForms),
      actionTag: action.tags.map(nameForms),
      server: action.server === null ? [] : [nameForms(action.server)],
    },
    clock,
    variables: {
      action,
      args: facts.args,
      agent,
      tool: facts.tool,
      now: nowVariable(clock('UTC')),
      classification: facts.classification,
      risk: facts.risk,
      found: foundVariable(facts.found),
    },
  };
}

/** Many rules ask for the same zone: each is worked out once for an action. */
function clocks(now: number): (timeZone: string) => LocalTime {
  const known = new Map<string, LocalTime>();
  return (timeZone) => {
    const local = known.get(timeZone) ?? localTime(now, timeZone);
    known.set(timeZone, local);
    return local;
  };
}

/** In UTC: what depends on a place on earth is said by `during`. */
function nowVariable({ weekday, minute }: LocalTime): Record<string, unknown> {
  return { hour: Math.floor(minute / 60), weekday };
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
    content: found.content,
    leaks: [...new Set(found.content.map((one) => one.kind))],
  };
  for (const name of ['amount', 'count', 'recipients'] as const) {
    const quantity: Quantity = found[name];
    if (quantity.state === 'known') variable[name] = quantity.value;
  }
  return variable;
}
