import { createHash, randomUUID } from 'node:crypto';

const ID_CHARACTERS = 32;

/**
 * The id of an action, which is also its workflow's id. With an idempotency key it is a function of agent and key, so that
 * a repeat meets the same workflow, and another agent's equal key does not.
 */
export function actionIdFor(agent: string, idempotencyKey?: string): string {
  if (idempotencyKey === undefined) return `act_${randomUUID().replaceAll('-', '')}`;
  const name = JSON.stringify([agent, idempotencyKey]);
  return `act_${createHash('sha256').update(name).digest('hex').slice(0, ID_CHARACTERS)}`;
}
