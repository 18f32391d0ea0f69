import type { Judgement } from '@gatehouse/sdk/contract';
import { readyFor } from '../classify/index.ts';
import type { JudgedAction, PolicyInForce } from '../decide/judge.ts';
import { judge } from '../decide/judge.ts';
import type { ToolDefinition } from '../decide/tool-digest.ts';

/** The name under which the inventory asks what a policy says: it is no agent's. */
const ASKER = 'inventory';

/** The call of a capability as it is judged here: without arguments, but for the method that an operation always has. */
export function callOf(server: string, definition: ToolDefinition): JudgedAction {
  const { method, url } = definition.annotations ?? {};
  return {
    type: definition.name,
    target: server,
    context: typeof method === 'string' && typeof url === 'string' ? { method } : {},
    agent: ASKER,
    tool: { ...definition, server },
  };
}

/** What the policy in force says of a call of this capability without arguments. Never rejects for what the call is. */
export async function judgeCapability(
  server: string,
  definition: ToolDefinition,
  inForce: PolicyInForce,
): Promise<Judgement> {
  const call = callOf(server, definition);
  await readyFor(call);
  return judge(call, inForce, { now: Date.now() });
}
