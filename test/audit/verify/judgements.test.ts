import { randomUUID } from 'node:crypto';
import type { Judgement } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import { settle } from '../../../src/activities/settle.ts';
import { sealPending } from '../../../src/audit/sealer.ts';
import { verifyRecord } from '../../../src/audit/verify/verify.ts';
import { readAction, type ActionRow } from '../../../src/store/actions.ts';
import { readEntries } from '../../../src/store/events.ts';
import { readApprovalAlone } from '../../../src/store/lists.ts';
import { redactAction } from '../../../src/store/redact.ts';
import { openGateSteps, type GateSteps } from '../../decide/support/gate-steps.ts';
import { WORD_POLICY } from '../../support/policies.ts';
import { STORES, takeOverTables } from '../support/recorded.ts';

const CONTEXT = { sql: "delete from users where name = 'ada'" };

describe.each(STORES)('judgements on record on %s', (kind) => {
  let gate: GateSteps;
  beforeEach(async () => {
    gate = await openGateSteps(kind);
    gate.policy(WORD_POLICY);
  });
  afterEach(() => gate.close());

  const asked = async (type: string): Promise<ActionRow> => {
    const row = await gate.ask({ type, context: CONTEXT, claim: false });
    await sealPending(gate.store);
    return row;
  };
  const found = async () => (await verifyRecord(gate.store)).findings.map(({ code, action }) => [code, action]);
  const change = (json: string, with_: (judgement: Judgement) => Partial<Judgement>): string => {
    const judgement = JSON.parse(json) as Judgement;
    return JSON.stringify({ ...judgement, ...with_(judgement) });
  };
  const rewrite = (table: 'actions' | 'approvals', id: string, json: string) =>
    sql`update ${sql.table(table)} set judgement_json = ${json} where id = ${id}`.execute(gate.store.db);
  const moreEvidence = ({ classification }: Judgement): Partial<Judgement> => ({
    classification: { ...classification, evidence: [{ ...classification.evidence[0]!, says: 'it reads one row' }] },
  });
  const noEvidence = ({ classification }: Judgement): Partial<Judgement> => ({
    classification: { ...classification, evidence: [] },
  });

  it('are those of which the entries hold digests', async () => {
    const row = await asked('held_word');
    expect(JSON.parse(row.judgement_json)).toMatchObject({
      classification: { evidence: expect.arrayContaining([expect.anything()]) },
    });
    const [decided] = await readEntries(gate.store.db, row.id, ['decided']);
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    expect(decided?.data).toMatchObject({ judgementDigest: digest, evidenceDigest: digest });
    expect(await found()).toEqual([]);
  });

  it('go with their question, which is missed', async () => {
    const row = await asked('held_word');
    expect(row.approval_id).toEqual(expect.any(String));
    await sql`delete from approvals where action_id = ${row.id}`.execute(gate.store.db);
    expect(await found()).toEqual([['approval_differs', row.id]]);
  });

  it.each([
    ['evidence that was rewritten', moreEvidence],
    ['evidence that was taken away', noEvidence],
    ['a rule that did not match', (): Partial<Judgement> => ({ matchedRule: 'another' })],
    ['a risk that was not found', (): Partial<Judgement> => ({ riskFactors: [] })],
  ])('of a decision are found to differ with %s', async (_what, edit) => {
    const row = await asked('held_word');
    await rewrite('actions', row.id, change(row.judgement_json, edit));
    expect(await found()).toEqual([['judgement_differs', row.id]]);
  });

  it('are found to differ where nobody can read them any more', async () => {
    const row = await asked('read_word');
    await rewrite('actions', row.id, 'no JSON');
    expect(await found()).toEqual([['judgement_differs', row.id]]);
  });

  it('of a question are found to differ with other terms or evidence', async () => {
    const row = await asked('held_word');
    const question = await readApprovalAlone(gate.store, row.approval_id ?? '');
    for (const edit of [moreEvidence, (): Partial<Judgement> => ({ approval: null })]) {
      await rewrite('approvals', row.approval_id ?? '', change(question?.judgement_json ?? '', edit));
      expect(await found()).toEqual([['judgement_differs', row.id]]);
    }
  });

  it('lack their evidence without a finding once somebody has erased it, and only then', async () => {
    const row = await gate.ask({ type: 'read_word', context: CONTEXT });
    const ended = { claimId: row.claim_id ?? '', status: 'succeeded', result: null, error: null } as const;
    await settle(gate.deps, { request: { ...gate.requestOf({}), actionId: row.id }, ...ended, at: gate.now });
    await sealPending(gate.store);
    await redactAction(gate.store, { actionId: row.id, actor: 'operator:ann', reason: 'asked for', at: gate.now });
    const erased = await readAction(gate.store, row.id);
    expect(JSON.parse(erased?.judgement_json ?? '')).toMatchObject({ classification: { evidence: [] } });
    expect(await found()).toEqual([]);
  });

  it('of entries from before there were digests are not compared', async () => {
    const row = await gate.ask({ type: 'read_word', context: CONTEXT, claim: false, id: randomUUID() });
    await takeOverTables(gate.store);
    const old = { outcome: 'ALLOW', reason: 'This word may run.' };
    await sql`update events set data_json = ${JSON.stringify(old)} where action_id = ${row.id} and key = 'decided'`.execute(
      gate.store.db,
    );
    await sealPending(gate.store);
    await rewrite('actions', row.id, change(row.judgement_json, noEvidence));
    expect(await found()).toEqual([]);
  });
});
