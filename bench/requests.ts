import { randomUUID } from 'node:crypto';
import { actionIdFor } from '../src/client/action-id.ts';
import { digestAction } from '../src/decide/digest.ts';
import type { ActionRequest } from '../src/workflows/messages.ts';

export const AGENT = 'bench-agent';
export const REVIEWER = 'bench-reviewer';
/** Nobody claims what the floor starts: it lapses soon, so that it costs the server as many steps as a whole round. */
export const FLOOR_PERMIT_SECONDS = 1;

/** What the baseline policy allows, blocks and holds. */
export const ACTIONS = {
  allowed: {
    type: 'read_balance',
    target: 'staging_database',
    context: { account: 'acc-20481', fields: ['balance', 'currency'], asOf: '2026-01-31' },
  },
  blocked: { type: 'drop_table', target: 'production_database', context: { table: 'users', cascade: true } },
  held: { type: 'delete_records', target: 'production_database', context: { table: 'users', count: 1500 } },
} as const;

/** The workflow's input for an allowed action, as the gate would make it. */
export function workflowInput(permitSeconds: number): ActionRequest {
  const { type, target, context } = ACTIONS.allowed;
  const args = { ...context, fields: [...context.fields] };
  return {
    actionId: actionIdFor(AGENT),
    agent: AGENT,
    type,
    target,
    context: args,
    digest: digestAction({ type, target, arguments: args, agent: AGENT }),
    purpose: null,
    requestId: randomUUID(),
    requestedAt: Date.now(),
    mode: 'permit',
    permitSeconds,
    leaseSeconds: 300,
    executor: null,
  };
}
