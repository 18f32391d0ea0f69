import { ActionBlockedError, Gatehouse } from '@gatehouse/sdk';
import type { GuardAnswer } from '@gatehouse/sdk';
import pc from 'picocolors';
import { ACTIONS, SampleAgent } from './agent.ts';
import { howToApprove } from './how-to-approve.ts';
import type { ApprovalFacts } from './how-to-approve.ts';
import { countShop, createDemoShop } from './shop.ts';
import type { DemoState } from './state.ts';
import { loadState, saveState } from './state.ts';

export interface PlayOptions {
  url: string;
  /** The key of the agent. */
  apiKey: string;
  shopPath: string;
  /** Where the demo remembers what it has played, so that another start takes up the same actions. */
  stateFile: string;
  /** The file with the reviewer's key, for the command that is shown. */
  keysFile: string;
  temporal: ApprovalFacts['temporal'];
  /** Default: `npx gatehouse`. */
  gatehouseCommand?: string;
  write: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Plays the demo once: a read that runs, a drop that is blocked, a delete that waits for a person. Resolves when the delete
 * is settled or `signal` fires; started again it takes up the delete that waits. Throws when the gate cannot be reached.
 */
export async function playDemo(options: PlayOptions): Promise<void> {
  const { write, signal, shopPath, stateFile } = options;
  createDemoShop(shopPath);
  const state = loadState(stateFile);
  if (state.ended !== null) {
    write(`The demo has been played: ${state.ended}`);
    return;
  }
  const gatehouse = new Gatehouse({ url: options.url, apiKey: options.apiKey });
  const agent = new SampleAgent(gatehouse, shopPath);
  const remember = (change: Partial<DemoState>): void => saveState(stateFile, Object.assign(state, change));
  try {
    if (!state.done.includes('drop')) write(pc.bold(`A sample agent at work on ${shopPath}`));
    if (!state.done.includes('read')) {
      await playRead(agent, gatehouse, state, options);
      remember({ done: [...state.done, 'read'] });
    }
    if (!state.done.includes('drop')) {
      await playDrop(agent, state, options);
      remember({ done: [...state.done, 'drop'] });
    }
    const ended = await playDelete(agent, state, options);
    remember({ done: [...state.done, 'remove'], ended });
  } catch (error) {
    // Stopped on purpose: what waits goes on waiting, and the next start takes it up.
    if (!signal.aborted) throw error;
  }
}

async function playRead(
  agent: SampleAgent,
  gatehouse: Gatehouse,
  state: DemoState,
  { write, signal }: PlayOptions,
): Promise<void> {
  heading(1, 'read', write);
  try {
    const { orders, actionId } = await agent.listOrders({ idempotencyKey: state.keys.read, signal });
    const { decision, reason } = await gatehouse.action(actionId);
    write(`   ${word(decision)}  ${reason}`);
    for (const order of orders)
      write(`   order ${order.id}  ${order.customer}  ${(order.total_cents / 100).toFixed(2)}`);
  } catch (error) {
    write(`   ${says(error, signal)}`);
  }
}

async function playDrop(agent: SampleAgent, state: DemoState, { write, signal, shopPath }: PlayOptions): Promise<void> {
  heading(2, 'drop', write);
  const before = countShop(shopPath).users;
  try {
    await agent.dropUsers({ idempotencyKey: state.keys.drop, signal });
    write('   it ran');
  } catch (error) {
    write(`   ${says(error, signal)}`);
  }
  write(`   users before ${before}, after ${countShop(shopPath).users}`);
}

/** Resolves with how it ended, in one line. */
async function playDelete(agent: SampleAgent, state: DemoState, options: PlayOptions): Promise<string> {
  const { write, signal, shopPath } = options;
  const before = countShop(shopPath);
  const seen = { pending: false };
  const onPending = (answer: GuardAnswer): void => {
    seen.pending = true;
    heading(3, 'remove', write);
    write(`   ${word(answer.decision)}  ${answer.reason}`);
    write(`   risk ${answer.riskScore} of 100, ${answer.severity}; approval ${answer.approvalId ?? ''}`);
    write(`   users ${before.users}, of them ${before.inactiveUsers} inactive: nothing has run yet`);
    explain(answer, options);
  };
  const ended = await agent.deleteInactive({ idempotencyKey: state.keys.remove, onPending, signal }).then(
    (result) => `the delete succeeded, its result is ${JSON.stringify(result)}`,
    (error: unknown) => says(error, signal),
  );
  const after = countShop(shopPath);
  if (seen.pending) {
    write('');
    write(`   ${pc.bold('The delete is settled:')} ${ended}`);
    write(
      `   users before ${before.users}, after ${after.users}; inactive before ${before.inactiveUsers}, after ${after.inactiveUsers}`,
    );
  } else {
    write(`The demo's delete is settled: ${ended}; ${after.inactiveUsers} inactive users are left`);
  }
  return ended;
}

function explain(answer: GuardAnswer, options: PlayOptions): void {
  const { write, url, keysFile, temporal, gatehouseCommand = 'npx gatehouse' } = options;
  const { approvalId, actionDigest, policyDigest, actionId } = answer;
  if (approvalId === null) return;
  const facts = { url, keysFile, approvalId, actionDigest, policyDigest, actionId, gatehouseCommand, temporal };
  const ways = howToApprove(facts);
  write('');
  write('   It waits for a person. Approve it in one of these ways:');
  for (const way of [ways.page, ways.gatehouse, ways.curl, ways.temporal]) write(`     ${pc.cyan(way)}`);
}

function heading(number: number, name: keyof typeof ACTIONS, write: (line: string) => void): void {
  const { type, target, context } = ACTIONS[name];
  write('');
  write(`${number}. ${pc.bold(type)} on ${target} ${JSON.stringify(context)}`);
}

function word(decision: GuardAnswer['decision']): string {
  if (decision === 'ALLOW') return pc.green(decision);
  return decision === 'BLOCK' ? pc.red(decision) : pc.yellow(decision);
}

/** A refusal or an outcome in one line. An outage is none of these, so it is thrown on: the next start plays the call again. */
function says(error: unknown, signal: AbortSignal): string {
  if (signal.aborted || !(error instanceof Error) || ('retryable' in error && error.retryable === true)) throw error;
  return error instanceof ActionBlockedError ? `${word('BLOCK')}  ${error.reason}` : error.message;
}
