import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulate, suggestions } from '../src/api/gate/policy-tools-trials.ts';
import { actionIdFor } from '../src/client/action-id.ts';
import { decide } from '../src/decide/decide.ts';
import type { DecideDeps } from '../src/decide/deps.ts';
import { loadPolicyFolder } from '../src/decide/policy-folder.ts';
import { toActionRequest } from '../src/decide/request.ts';
import type { Policy } from '../src/policy/index.ts';
import { openStore } from '../src/store/open.ts';
import { now } from './clock.ts';
import { CALLS } from './evaluate-calls.ts';
import { table } from './table.ts';

const POLICIES = fileURLToPath(new URL('../policies', import.meta.url));
const REVIEWER = { principal: 'bench-reviewer', role: 'reviewer' as const };
const DAY_MS = 86_400_000;
const SPAN_DAYS = 6;

/**
 * Puts so many actions on record in a new SQLite file by the step that decides in earnest, and measures how long the tools
 * that look through the record take: a candidate without budgets, one with them, and suggestions. Returns the table.
 */
export async function benchSimulate(actions: number): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), 'gatehouse-bench-'));
  const store = await openStore({ url: path.join(dir, 'gatehouse.db') });
  try {
    const policy = policyOf(POLICIES);
    let clock = Date.now() - SPAN_DAYS * DAY_MS;
    const deps: DecideDeps = { store, policies: { current: () => ({ ok: true, policy }) }, now: () => clock };
    const filled = await seconds(async () => {
      for (let count = 0; count < actions; count += 1) {
        clock += (SPAN_DAYS * DAY_MS) / actions;
        await putOnRecord(deps, count);
      }
    });
    const rows = [['decided and put on record', filled.toFixed(2), (actions / filled).toFixed(0), '']];
    for (const example of ['messaging', 'payments']) {
      const { text } = policyOf(path.join(POLICIES, 'examples', example));
      let changed = 0;
      const took = await seconds(async () => {
        const request = { text, days: 7, actions, limit: 20 };
        ({ changed } = await simulate(deps, REVIEWER, request, new AbortController().signal));
      });
      rows.push([`simulate, the pack ${example}`, took.toFixed(2), (actions / took).toFixed(0), String(changed)]);
    }
    const suggested = await seconds(() =>
      suggestions(deps, REVIEWER, { days: 30, least: 10 }, new AbortController().signal),
    );
    rows.push(['suggest', suggested.toFixed(2), (actions / suggested).toFixed(0), '']);
    return table([`${String(actions)} actions`, 'seconds', 'a second', 'changed'], rows);
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function putOnRecord(deps: DecideDeps, count: number): Promise<void> {
  const call = CALLS[count % CALLS.length];
  if (call === undefined) throw new Error('There are no calls to put on record');
  const { type, target, agent, context } = call;
  const request = toActionRequest({
    actionId: actionIdFor(agent),
    agent,
    type,
    target,
    // No two are alike, so that nothing is kept from one to the next.
    context: { ...context, reference: `ref-${String(count)}` },
    requestedAt: deps.now(),
    mode: 'permit',
    permitSeconds: 300,
    leaseSeconds: 300,
    executor: null,
  });
  await decide(deps, { request, by: 'gateway', claimId: null });
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = now();
  await work();
  return (now() - began) / 1000;
}

function policyOf(dir: string): Policy {
  const loaded = loadPolicyFolder(dir);
  if (!loaded.ok) throw new Error(`The policy of ${dir} is broken: run \`gatehouse policy check\``);
  return loaded.policy;
}
