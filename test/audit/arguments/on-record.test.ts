import type { JsonObject, Judgement } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import { settle } from '../../../src/activities/settle.ts';
import type { ArgumentsKept } from '../../../src/audit/arguments/on-record.ts';
import { sealPending } from '../../../src/audit/sealer.ts';
import { verifyRecord } from '../../../src/audit/verify/verify.ts';
import { digestAction } from '../../../src/decide/digest.ts';
import { forEachOnRecord } from '../../../src/decide/record-stream.ts';
import { readAction, type ActionRow } from '../../../src/store/actions.ts';
import { readEntries, readTimeline } from '../../../src/store/events.ts';
import { readApprovalAlone } from '../../../src/store/lists.ts';
import { readStop } from '../../../src/store/stops.ts';
import { endStopped } from '../../../src/store/sweep.ts';
import { throwStop } from '../../../src/store/switchboard.ts';
import { openGateSteps, type GateSteps } from '../../decide/support/gate-steps.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { STORES } from '../support/recorded.ts';

const CONTEXT = { password: 'hunter2', to: 'ada@example.com', rows: 3 };
const MASKED = { password: '[redacted]', to: '[redacted: e-mail address]', rows: 3 };
const NOTHING = { erased: true };
const SECRETS = /hunter2|ada@example/;

describe.each(STORES)('arguments on record on %s', (kind) => {
  let gate: GateSteps;
  const open = async (as: ArgumentsKept): Promise<void> => {
    gate = await openGateSteps(kind, { as, names: [] });
    gate.policy(WORD_POLICY);
  };
  afterEach(() => gate.close());

  const ended = async (row: ActionRow): Promise<ActionRow> => {
    const outcome = { claimId: row.claim_id ?? '', status: 'succeeded', result: null, error: null } as const;
    await settle(gate.deps, { request: { ...gate.requestOf({}), actionId: row.id }, ...outcome, at: gate.now });
    return (await readAction(gate.store, row.id))!;
  };
  const requested = async (row: ActionRow): Promise<JsonObject> =>
    (await readEntries(gate.store.db, row.id, ['requested'])).at(0)?.data ?? {};
  const context = (row: ActionRow | undefined): JsonObject => JSON.parse(row?.context_json ?? '{}') as JsonObject;
  const findings = async () => {
    await sealPending(gate.store);
    return (await verifyRecord(gate.store)).findings.map(({ code, action }) => [code, action]);
  };

  it.each([
    ['full', { arguments: CONTEXT }, CONTEXT],
    ['redacted', { arguments: MASKED }, MASKED],
    ['digest', { argumentsLeftOut: 'by setting' }, NOTHING],
  ] as const)('are kept as %s in the entry, and in the row once the action has ended', async (as, entry, left) => {
    await open(as);
    const row = await gate.ask({ type: 'read_word', context: CONTEXT });
    expect(await requested(row)).toMatchObject({ digest: row.digest, ...entry });
    // Whoever runs it needs all of them until then.
    expect(context(await readAction(gate.store, row.id))).toEqual(CONTEXT);
    expect(context(await ended(row))).toEqual(left);
    const { type, target, agent, digest } = row;
    expect(digestAction({ type, target, agent, arguments: CONTEXT })).toBe(digest);
    expect(await findings()).toEqual([]);
  });

  it.each(['redacted', 'digest'] as const)('as %s are nowhere in the tables after the end', async (as) => {
    await open(as);
    const held = await gate.ask({ type: 'held_word', context: CONTEXT });
    const blocked = await gate.ask({ type: 'blocked_word', context: CONTEXT });
    expect(context(held)).toEqual(CONTEXT);
    await gate.conclude(held, 'denied');
    for (const { id } of [held, blocked]) {
      const row = (await readAction(gate.store, id))!;
      const question = await readApprovalAlone(gate.store, row.approval_id ?? '');
      const all = JSON.stringify([row, question, await readTimeline(gate.store.db, id)]);
      expect(all).not.toMatch(SECRETS);
      expect((JSON.parse(row.judgement_json) as Judgement).classification.evidence).toEqual([]);
    }
    expect(await findings()).toEqual([]);
  });

  it('as digest are gone where an emergency stop ended the action', async () => {
    await open('digest');
    const row = await gate.ask({ type: 'read_word', context: CONTEXT, claim: false });
    const what = { id: 'stp_drill', scope: 'everything', value: null, reason: 'drill' } as const;
    await throwStop(gate.store, { ...what, actor: 'admin:ann', by: 'ann', at: gate.now });
    const stop = await readStop(gate.store, what.id);
    await endStopped(gate.store, stop!, 'permitted', [row], gate.now);
    expect(context(await readAction(gate.store, row.id))).toEqual(NOTHING);
    expect(await findings()).toEqual([]);
  });

  it.each([
    ['other arguments', '{"password":"[redacted]","to":"[redacted: e-mail address]","rows":4}'],
    ['none, though some were kept', '{"erased":true}'],
  ])('as redacted are found to differ with %s', async (_what, json) => {
    await open('redacted');
    const row = await ended(await gate.ask({ type: 'read_word', context: CONTEXT }));
    await sql`update actions set context_json = ${json} where id = ${row.id}`.execute(gate.store.db);
    expect(await findings()).toEqual([['digest_differs', row.id]]);
  });

  it('as full are found to differ when somebody empties the row', async () => {
    await open('full');
    const row = await ended(await gate.ask({ type: 'read_word', context: CONTEXT }));
    await sql`update actions set context_json = '{"erased":true}' where id = ${row.id}`.execute(gate.store.db);
    expect(await findings()).toEqual([['digest_differs', row.id]]);
  });

  it('that are long stand in the entry by their digest alone', async () => {
    await open('full');
    const row = await gate.ask({ type: 'read_word', context: { text: 'x'.repeat(20_000) } });
    const data = await requested(row);
    expect(data).toMatchObject({ digest: row.digest, argumentsLeftOut: 'too long' });
    expect(data).not.toHaveProperty('arguments');
  });

  it('that are not kept are not judged again as if they had been asked for so', async () => {
    await open('redacted');
    await ended(await gate.ask({ type: 'read_word', context: CONTEXT }));
    const whole = await ended(await gate.ask({ type: 'read_word', context: { rows: 3 } }));
    const seen: string[] = [];
    const window = { since: 0, most: 10 };
    const { unreadable } = await forEachOnRecord(gate.store, window, ({ row }) => seen.push(row.id));
    expect([seen, unreadable]).toEqual([[whole.id], 1]);
  });
});
