import type { JsonObject, Tool } from '@gatehouse/sdk/contract';
import { classify, examine } from '../classify/index.ts';
import type { Facts, Past, ToolStatus } from '../policy/index.ts';
import type { Risk } from '../risk/index.ts';
import { assessRisk } from '../risk/index.ts';
import type { Asker } from '../workflows/messages.ts';

/** What is asked, and who asks. */
export interface JudgedAction {
  type: string;
  target: string;
  context: JsonObject;
  agent: string;
  tool?: Tool | undefined;
  session?: string | undefined;
  tags?: string[] | undefined;
  asker?: Asker | undefined;
}

/** What is known at the time beside the action itself. */
export interface Situation {
  /** Milliseconds since the epoch. */
  now: number;
  /** How the inventory knows the tool that is called. */
  tool?: ToolStatus | null | undefined;
  /** What rules with budgets and sequences ask of the time before; without it these rules apply. */
  past?: Past | undefined;
}

/** Finds out what an action does and how risky that is: everything that rules look at, but for the past. */
export function assess(action: JudgedAction, { now, tool = null }: Situation): { facts: Facts; risk: Risk } {
  const { type, target, context: args, agent, tags = [], session = null, asker } = action;
  const classification = classify(action);
  const found = examine(action, classification);
  const risk = assessRisk({ classification, action, agent, found });
  const facts: Facts = {
    action: { type, target, tags, session, server: action.tool?.server ?? null },
    args,
    agent: agentFacts(agent, asker),
    tool: { status: tool },
    now,
    classification,
    risk: { score: risk.score, severity: risk.severity },
    found,
  };
  return { facts, risk };
}

function agentFacts(name: string, asker: Asker = UNKNOWN): Facts['agent'] {
  const { team, roles, tags, owner = null, environment = null, chain = [] } = asker;
  return { name, team, roles, tags, owner, environment, parent: chain[0] ?? null, chain };
}

const UNKNOWN: Asker = { team: null, roles: [], tags: [] };

/** Everything that rules look at, but for the past. */
export function factsOf(action: JudgedAction, situation: Situation): Facts {
  return assess(action, situation).facts;
}
