// The reviewer: looks into the inbox again and again, and approves, rejects or leaves for later by the name of the action.
import { setTimeout as pause } from 'node:timers/promises';
import type { ApprovalList, ApprovalView } from '@gatehouse/sdk/contract';

const LOOK_MS = 250;
const CALL_MS = 5_000;
const [url = '', apiKey = ''] = process.argv.slice(2);
let answersLate = false;

process.on('disconnect', () => process.exit(0));
process.on('message', (message: { late: boolean }) => {
  answersLate = message.late;
});
for (;;) {
  // An outage is sat out; what could not be answered is still in the inbox at the next look.
  await look().catch(() => undefined);
  await pause(LOOK_MS);
}

async function look(): Promise<void> {
  const { approvals } = (await call('GET', '/api/v1/approvals?status=pending&limit=100&order=oldest')) as ApprovalList;
  for (const approval of approvals) {
    if (approval.type === 'held_late' && !answersLate) continue;
    await answer(approval).catch(() => undefined);
  }
}

async function answer({ approvalId, actionDigest, type }: ApprovalView): Promise<void> {
  const verdict = type === 'held_refused' ? 'reject' : 'approve';
  await call('POST', `/api/v1/approvals/${approvalId}/verdict`, { verdict, actionDigest, comment: 'by the harness' });
}

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(CALL_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)}`);
  return response.json();
}
