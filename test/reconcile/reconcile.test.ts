import { randomUUID } from 'node:crypto';
import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { proofInEntry } from '../../src/audit/verdict-proof.ts';
import { createVerdictSigner } from '../../src/audit/verdict-signature.ts';
import { loadSigningKey } from '../../src/cli/serve/signing-key.ts';
import { reconcile } from '../../src/reconcile/reconcile.ts';
import { repair } from '../../src/reconcile/repair.ts';
import type { Reconciliation } from '../../src/reconcile/wire.ts';
import { readAction } from '../../src/store/actions.ts';
import { readTimeline } from '../../src/store/events.ts';
import { readApproval } from '../../src/store/lists.ts';
import { proofOfReview } from '../../src/workflows/proof.ts';
import { takeOverTables } from '../audit/support/recorded.ts';
import { WORD_POLICY } from '../support/policies.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { testPostgres } from '../support/postgres.ts';
import { untilListed } from '../support/visibility.ts';
import { PATH_EXECUTORS, PLAIN_PATHS } from '../workflows/support/paths.ts';

const stores = testPostgres() === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const);

describe.each(stores)('the equation, with a store on %s', (store) => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ policy: { 'words.yaml': WORD_POLICY }, store, executors: PATH_EXECUTORS });
  });
  afterAll(() => stack.stop());

  const begun: string[] = [];
  /** Nothing is in flight: the tests wait for what they begin. */
  const compareNow = async (histories = true): Promise<Reconciliation> => {
    await untilListed(stack, begun);
    const temporal = { client: stack.client, taskQueue: stack.core.settings.taskQueue };
    const now = Date.now() + 1_000;
    return reconcile({ store: stack.core.store, temporal }, { since: null, graceMs: 0, histories, now });
  };
  const repairAll = async ({ listed }: Reconciliation) => {
    const deps = { store: stack.core.store, client: stack.client, actor: 'process:test', now: Date.now };
    return Promise.all(listed.map((found) => repair(deps, found)));
  };
  const walk = async (name: string): Promise<string> => {
    const path = PLAIN_PATHS[name];
    if (path === undefined) throw new Error(`There is no path ${name}`);
    const actionId = await path(stack);
    begun.push(actionId);
    await stack.client.workflow.getHandle(actionId).result();
    return actionId;
  };
  const ask = async (type: string, body: Record<string, unknown> = {}): Promise<GuardAnswer> => {
    const action = { type, target: 'anything', context: { once: randomUUID() } };
    const answer = (await stack.call('agent', 'POST', '/api/v1/guard', { action, ...body })).body;
    begun.push(String(answer['actionId']));
    return answer as unknown as GuardAnswer;
  };
  const lose = async (actionId: string): Promise<void> => {
    const { db } = stack.core.store;
    await takeOverTables(stack.core.store);
    await db.deleteFrom('events').where('action_id', '=', actionId).execute();
    await db.deleteFrom('approvals').where('action_id', '=', actionId).execute();
    await db.deleteFrom('actions').where('id', '=', actionId).execute();
  };
  const kinds = ({ listed }: Reconciliation): string[] => listed.map(({ kind }) => kind).sort();

  it('holds over every way that an action can go, and over those that wait', async () => {
    expect(await compareNow()).toMatchObject({ equal: true, temporal: { workflows: 0 }, record: { actions: 0 } });
    const names = ['allowed-succeeded', 'allowed-failed', 'held-approved', 'held-approved-by-signal', 'held-rejected'];
    for (const name of [...names, 'blocked', 'executor-succeeded', 'executor-failed', 'late-verdict-refused']) {
      await walk(name);
    }
    await ask('held_word');
    const after = await compareNow();
    expect(after.listed).toEqual([]);
    expect(after).toMatchObject({
      equal: true,
      temporal: { workflows: 10, open: 1, closed: 9 },
      record: { actions: 10, open: 1, settled: 9, beyondRetention: 0 },
      effects: { claims: 7, reported: 7, unknown: 0 },
      histories: 10,
    });
  }, 60_000);

  it.each(['held-approved', 'held-rejected-by-signal', 'allowed-failed', 'executor-succeeded'])(
    'an action that the record has lost ("%s") is found, and rebuilt from its history, visibly',
    async (name) => {
      const actionId = await walk(name);
      const { db } = stack.core.store;
      const had = await readAction(stack.core.store, actionId);
      const entries = (await readTimeline(db, actionId)).map(({ kind, actor }) => `${kind} ${actor}`);
      await lose(actionId);

      const found = await compareNow();
      expect(found.listed).toMatchObject([{ kind: 'not_recorded', actionId, record: null, repair: 'history' }]);
      expect(await repairAll(found)).toMatchObject([{ actionId, done: true }]);
      expect((await compareNow()).listed).toEqual([]);

      const has = await readAction(stack.core.store, actionId);
      const same = ['status', 'digest', 'context_json', 'outcome', 'risk_score', 'policy_digest', 'claim_id'] as const;
      for (const column of same) expect([column, has?.[column]]).toEqual([column, had?.[column]]);
      expect(has).toMatchObject({ approval_id: had?.approval_id, result_json: had?.result_json, error: had?.error });
      const rebuilt = (await readTimeline(db, actionId)).map(({ kind, actor }) => `${kind} ${actor}`);
      expect(rebuilt.at(-1)).toBe('repaired process:test');
      // Who wrote the decision first, and how it was looked at again, the history does not know.
      const lost = entries.filter((entry) => !rebuilt.includes(entry)).map((entry) => entry.split(' ')[0]);
      expect(['decided', 'rechecked', 'held', 'refused_attempt']).toEqual(expect.arrayContaining(lost));
    },
    60_000,
  );

  it('what waits for people can be answered again after the record has lost it', async () => {
    const asked = await ask('held_word', { claim: false });
    await lose(asked.actionId);
    await repairAll(await compareNow());
    const held = await readApproval(stack.core.store, asked.approvalId ?? '');
    expect(held?.approval).toMatchObject({ status: 'pending', action_digest: asked.actionDigest });
    const { body } = await stack.call('reviewer', 'POST', `/api/v1/approvals/${String(asked.approvalId)}/verdict`, {
      verdict: 'reject',
      actionDigest: asked.actionDigest,
      policyDigest: asked.policyDigest,
      comment: 'no',
    });
    expect(body).toMatchObject({ status: 'denied' });
    await stack.client.workflow.getHandle(asked.actionId).result();
    expect((await compareNow()).listed).toEqual([]);
  }, 60_000);

  it('a record that stayed behind its workflow is brought to what the history says', async () => {
    const actionId = await walk('allowed-succeeded');
    const { db } = stack.core.store;
    await db
      .updateTable('actions')
      .set({ status: 'claimed', settled_at: null, result_json: null })
      .where('id', '=', actionId)
      .execute();
    const found = await compareNow();
    expect(found.listed).toMatchObject([{ kind: 'behind', actionId, record: { status: 'claimed' } }]);
    await repairAll(found);
    expect(await readAction(stack.core.store, actionId)).toMatchObject({
      status: 'succeeded',
      result_json: '{"rows":3}',
    });
    expect((await compareNow()).listed).toEqual([]);
  }, 60_000);

  it('an open action that the record has fallen behind on goes on where its workflow is', async () => {
    const asked = await ask('held_word', { claim: false });
    const { actionId, approvalId, actionDigest } = asked;
    await stack.call('reviewer', 'POST', `/api/v1/approvals/${String(approvalId)}/verdict`, {
      verdict: 'approve',
      actionDigest,
    });
    const { db } = stack.core.store;
    // As a record that was restored from before the verdict.
    await db.updateTable('actions').set({ status: 'held', permit_until: null }).where('id', '=', actionId).execute();
    await db
      .updateTable('approvals')
      .set({ status: 'pending', resolved_at: null, resolved_by: null })
      .where('id', '=', String(approvalId))
      .execute();
    const found = await compareNow();
    expect(found.listed).toMatchObject([{ kind: 'behind', actionId, temporal: { status: 'permitted' } }]);
    await repairAll(found);
    const held = await readApproval(stack.core.store, String(approvalId));
    expect(held?.approval).toMatchObject({ status: 'approved', resolved_by: stack.principals.reviewer });
    const claimId = randomUUID();
    const claimed = await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/claim`, { claimId });
    expect(claimed.body).toMatchObject({ permit: { granted: true } });
    await stack.call('agent', 'POST', `/api/v1/actions/${actionId}/outcome`, { claimId, status: 'succeeded' });
    await stack.client.workflow.getHandle(actionId).result();
    expect((await compareNow()).listed).toEqual([]);
  }, 60_000);

  it('a workflow that does not know the end is told, and comes to it', async () => {
    await stack.stopWorker();
    const { actionId } = await ask('blocked_word');
    const found = await compareNow(false);
    expect(found.listed).toMatchObject([{ kind: 'not_told', actionId, record: { status: 'blocked' } }]);
    expect(await repairAll(found)).toMatchObject([{ done: true }]);
    await stack.startWorker();
    await stack.client.workflow.getHandle(actionId).result();
    expect((await compareNow()).listed).toEqual([]);
  }, 60_000);

  it('an action whose workflow was ended from outside ends on record: cancelled, or unknown where it was claimed', async () => {
    const held = await ask('held_word');
    const claimed = await ask('read_word', { claim: randomUUID() });
    for (const { actionId } of [held, claimed]) {
      // Answered once its worker has put down the first task: nothing is under way in it any more.
      await stack.gate.state(actionId);
      await stack.client.workflow.getHandle(actionId).terminate('by hand');
    }
    const found = await compareNow();
    expect(kinds(found)).toEqual(['broken_off', 'broken_off']);
    await repairAll(found);
    const stands = await Promise.all([held, claimed].map(({ actionId }) => readAction(stack.core.store, actionId)));
    expect(stands.map((row) => row?.status)).toEqual(['cancelled', 'unknown']);
    expect(stands[0]?.settle_reason).toContain('by hand');
    expect((await compareNow()).listed).toEqual([]);
  }, 60_000);

  it('a verdict of a task that was lost, which the history does not have, is no difference where its entry proves it', async () => {
    const { db } = stack.core.store;
    const { actionId, approvalId, actionDigest, policyDigest } = await ask('held_word', { claim: false });
    const signer = createVerdictSigner(loadSigningKey(stack.core.settings.verdictKey));
    const said = {
      ...{
        verdictId: randomUUID(),
        approvalId: String(approvalId),
        verdict: 'abstain' as const,
        actionDigest,
        policyDigest,
      },
      ...{ reviewer: 'ann', role: 'reviewer', groups: [], comment: null, detail: null, at: Date.now() },
    };
    const proof = proofOfReview({ ...said, ...signer.sign({ ...said, actionId }) });
    const { verdictId, verdict, comment, at } = said;
    const entry = { action_id: actionId, key: `verdict:${verdictId}`, kind: 'verdict' as const, at };
    const data = { approvalId, verdict, actionDigest, comment, unsigned: false, ...proofInEntry(proof) };
    await db
      .insertInto('events')
      .values({ ...entry, actor: 'reviewer:ann', data_json: JSON.stringify(data) })
      .execute();
    expect((await compareNow()).listed).toEqual([]);

    await takeOverTables(stack.core.store);
    await db.updateTable('events').set({ actor: 'reviewer:bob' }).where('key', '=', entry.key).execute();
    expect((await compareNow()).listed).toMatchObject([{ kind: 'verdict_not_given', actionId }]);
    await db.updateTable('events').set({ actor: 'reviewer:ann' }).where('key', '=', entry.key).execute();
  }, 60_000);

  it('names what nothing can be repaired from, and leaves it alone', async () => {
    const { db } = stack.core.store;
    const contradicted = await walk('allowed-failed');
    await db.updateTable('actions').set({ status: 'succeeded' }).where('id', '=', contradicted).execute();
    const unclaimed = await walk('allowed-succeeded');
    await db.updateTable('actions').set({ claim_id: null }).where('id', '=', unclaimed).execute();
    const forged = await walk('allowed-succeeded');
    await db
      .insertInto('events')
      .values({
        ...{ action_id: forged, key: 'verdict:invented', kind: 'verdict', actor: 'reviewer:nobody' },
        ...{ at: 1, data_json: '{"verdict":"approved"}' },
      })
      .execute();
    const blocked = await readAction(stack.core.store, await walk('blocked'));
    if (blocked === undefined) throw new Error('The blocked action is not on record');
    await db
      .insertInto('actions')
      .values({ ...blocked, id: `act_${randomUUID()}` })
      .execute();

    const found = await compareNow();
    expect(kinds(found)).toEqual(['contradiction', 'effect_without_claim', 'no_workflow', 'verdict_not_given']);
    expect(new Set(found.listed.map(({ repair: possible }) => possible))).toEqual(new Set(['none']));
    expect((await repairAll(found)).map(({ done }) => done)).toEqual([false, false, false, false]);
    expect(kinds(await compareNow())).toEqual(kinds(found));
  }, 60_000);

  it('what moved within the grace time is in flight, and no difference', async () => {
    const temporal = { client: stack.client, taskQueue: stack.core.settings.taskQueue };
    const { actionId } = await ask('held_word');
    await lose(actionId);
    const options = { since: null, graceMs: 3_600_000, histories: false, now: Date.now() };
    const result = await reconcile({ store: stack.core.store, temporal }, options);
    expect(result.listed.map((found) => found.actionId)).not.toContain(actionId);
    expect(result.inFlight).toBeGreaterThan(0);
  });
});
