import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ActionBlockedError, Gatehouse } from '@gatehouse/sdk';
import type { ActionView, GuardAnswer, Json } from '@gatehouse/sdk';
import { SampleAgent } from './agent.ts';
import type { DemoStep } from './checks.ts';
import { Checks } from './checks.ts';
import { GateHttp } from './gate-http.ts';
import { ACTIVE_USERS, countShop, INACTIVE_USERS, recreateDemoShop } from './shop.ts';

export interface VerifyOptions {
  url: string;
  agentKey: string;
  reviewerKey: string;
  /** The shop that the gate's executor works on. It is made anew. */
  shopPath: string;
  write: (line: string) => void;
}

/** What the parts share. */
interface Stage {
  agent: SampleAgent;
  asAgent: GateHttp;
  asReviewer: GateHttp;
  checks: Checks;
  shopPath: string;
  key: (name: string) => string;
}

/** Plays the whole demo, approves by itself, and checks every promise. Never throws: what breaks is a step that is not ok. */
export async function verifyDemo(options: VerifyOptions): Promise<DemoStep[]> {
  const { url, agentKey, reviewerKey, shopPath, write } = options;
  const run = randomUUID();
  const checks = new Checks(write);
  const stage: Stage = {
    agent: new SampleAgent(new Gatehouse({ url, apiKey: agentKey }), shopPath),
    asAgent: new GateHttp(url, agentKey),
    asReviewer: new GateHttp(url, reviewerKey),
    checks,
    shopPath,
    key: (name) => `verify-${name}-${run}`,
  };
  await checks.part('the sample shop is there', async () => {
    recreateDemoShop(shopPath);
    const { users, inactiveUsers, orders } = countShop(shopPath);
    const whole = users === ACTIVE_USERS + INACTIVE_USERS && inactiveUsers === INACTIVE_USERS;
    checks.note(
      'the sample shop is there',
      whole,
      `${users} users, ${inactiveUsers} of them inactive, ${orders} orders`,
    );
  });
  await checks.part('the read runs at once', () => verifyRead(stage));
  await checks.part('the drop is blocked', () => verifyDrop(stage));
  await checks.part('the delete waits, is approved and runs', () => verifyDelete(stage));
  return checks.steps;
}

async function verifyRead({ agent, asAgent, checks, key }: Stage): Promise<void> {
  const { orders, actionId } = await agent.listOrders({ idempotencyKey: key('read') });
  checks.note('the read runs at once', orders.length === 5, `${orders.length} orders read`);
  const view = await asAgent.settled(actionId);
  checks.note('the read was decided ALLOW', view.decision === 'ALLOW', `${view.decision}: ${view.reason}`);
  checks.note(
    'the outcome of the read is on record',
    view.settlement?.status === 'succeeded',
    String(view.settlement?.status),
  );
  timelineHas(checks, 'the read', view, ['requested', 'decided', 'claimed', 'succeeded']);
}

async function verifyDrop({ agent, asAgent, checks, key, shopPath }: Stage): Promise<void> {
  const before = countShop(shopPath);
  const refusal: unknown = await agent.dropUsers({ idempotencyKey: key('drop') }).then(
    () => new Error('it ran'),
    (error: unknown) => error,
  );
  const blocked = refusal instanceof ActionBlockedError;
  checks.note('the drop is blocked', blocked, refusal instanceof Error ? refusal.message : String(refusal));
  const after = countShop(shopPath);
  checks.note(
    'the drop had no effect',
    isDeepStrictEqual(before, after),
    `users before ${before.users}, after ${after.users}`,
  );
  if (!blocked) return;
  const view = await asAgent.settled(refusal.actionId);
  checks.note(
    'the drop was decided BLOCK',
    view.decision === 'BLOCK' && view.status === 'blocked',
    `${view.decision}, ${view.status}`,
  );
  timelineHas(checks, 'the drop', view, ['requested', 'decided', 'blocked']);
}

async function verifyDelete(stage: Stage): Promise<void> {
  const { agent, asAgent, checks, key, shopPath } = stage;
  const idempotencyKey = key('delete');
  let whole: Promise<Json> = Promise.resolve(null);
  const held = await new Promise<GuardAnswer>((resolve, reject) => {
    whole = agent.deleteInactive({ idempotencyKey, onPending: resolve });
    whole.then(() => reject(new Error('it ran without being held')), reject);
  });
  const before = countShop(shopPath);
  checks.note(
    'the delete was decided REQUIRE_APPROVAL',
    held.decision === 'REQUIRE_APPROVAL',
    `${held.decision}: ${held.reason}`,
  );
  checks.note(
    'nothing runs while it waits',
    before.inactiveUsers === INACTIVE_USERS,
    `${before.inactiveUsers} inactive users`,
  );
  await approve(stage, held);
  const result = await whole;
  const after = countShop(shopPath);
  checks.note(
    'the agent hears the result',
    (result as { deletedUsers?: unknown } | null)?.deletedUsers === INACTIVE_USERS,
    JSON.stringify(result),
  );
  checks.note(
    'exactly the inactive users are gone',
    after.inactiveUsers === 0 && after.users === ACTIVE_USERS,
    `users before ${before.users}, after ${after.users}; inactive after ${after.inactiveUsers}`,
  );
  const view = await asAgent.settled(held.actionId);
  checks.note(
    'the outcome of the delete is on record',
    view.settlement?.status === 'succeeded',
    String(view.settlement?.status),
  );
  timelineHas(checks, 'the delete', view, ['requested', 'decided', 'held', 'verdict', 'claimed', 'succeeded']);
  const again = await agent.deleteInactive({ idempotencyKey });
  const same = isDeepStrictEqual(again, result) && isDeepStrictEqual(countShop(shopPath), after);
  checks.note('the same key again has the same result and no other effect', same, JSON.stringify(again));
}

async function approve({ asAgent, asReviewer, checks }: Stage, held: GuardAnswer): Promise<void> {
  const { approvalId, actionDigest } = held;
  if (approvalId === null) throw new Error('the held action has no approval');
  const byAgent = await asAgent.verdict(approvalId, { verdict: 'approve', actionDigest });
  checks.note('the agent cannot approve', byAgent.status === 403, `${byAgent.status} ${byAgent.code}`);
  const other = await asReviewer.verdict(approvalId, { verdict: 'approve', actionDigest: `sha256:${'0'.repeat(64)}` });
  checks.note(
    'a verdict on something else is refused',
    other.status === 409 && other.code === 'digest_mismatch',
    `${other.status} ${other.code}`,
  );
  const still = await asReviewer.approval(approvalId);
  checks.note('the approval is still pending', still.status === 'pending', still.status);
  const verdict = await asReviewer.verdict(approvalId, {
    verdict: 'approve',
    actionDigest,
    comment: 'Checked by the demo',
  });
  checks.note('the reviewer approves', verdict.status === 200, `${verdict.status} ${verdict.code}`.trim());
  // Without the verdict the agent would wait for ever.
  if (verdict.status !== 200) throw new Error('the approval did not come through, so the delete still waits');
  const done = await asReviewer.approval(approvalId);
  checks.note(
    'the approval names who resolved it',
    done.status === 'approved' && done.resolvedBy !== null,
    `${done.status} by ${done.resolvedBy}`,
  );
}

function timelineHas(checks: Checks, what: string, view: ActionView, kinds: string[]): void {
  const seen = (view.timeline ?? []).map(({ kind }) => kind);
  const missing = kinds.filter((kind) => !seen.includes(kind));
  checks.note(
    `the timeline of ${what} is whole`,
    missing.length === 0,
    missing.length === 0 ? seen.join(', ') : `misses ${missing.join(', ')}`,
  );
}
