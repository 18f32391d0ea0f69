import type { GuardAnswer } from '@gatehouse/sdk/contract';
import { sql } from 'kysely';
import { isProven, type VerdictEntry } from '../../../src/audit/verdict-proof.ts';
import { exportRecord } from '../../../src/audit/export/export-record.ts';
import { sealPending } from '../../../src/audit/sealer.ts';
import { verifyRecord } from '../../../src/audit/verify/verify.ts';
import { verdictPublicKeys } from '../../../src/store/verdict-keys.ts';
import { hashOf, type ExportedEntry } from '../../../sdk/src/verify/entry.ts';
import { Walk } from '../../../sdk/src/verify/walk.ts';
import { ask, ended } from '../../support/asking.ts';
import { person, type Person } from '../../support/people.ts';
import { startStack, type Stack } from '../../support/stack.ts';
import { STORES, takeOverTables } from '../support/recorded.ts';

const POLICY = `
version: 1
name: two
rules:
  - id: two-people
    reason: Two people must look.
    match: { action: two_people }
    effect: require_approval
    approval: { quorum: 2 }
  - id: one-person
    reason: Somebody must look.
    match: { action: one_person }
    effect: require_approval
`;

describe.each(STORES)('the entry of a verdict on %s', (store) => {
  let stack: Stack;
  let ann: Person, bob: Person;
  beforeAll(async () => {
    stack = await startStack({ policy: { 'two.yaml': POLICY }, store });
    ann = await person(stack, 'ann', { groups: ['owners'] });
    bob = await person(stack, 'bob', { role: 'admin' });
  });
  afterAll(() => stack.stop());

  const verdictsOn = async ({ actionId }: GuardAnswer): Promise<VerdictEntry[]> => {
    const rows = await stack.core.store.db
      .selectFrom('events')
      .select(['key', 'actor', 'data_json'])
      .where('action_id', '=', actionId)
      .where('kind', '=', 'verdict')
      .orderBy('seq')
      .execute();
    return rows.map(({ key, actor, data_json: json }) => {
      return { action: actionId, key, actor, data: JSON.parse(json) as VerdictEntry['data'] };
    });
  };
  const publicKeys = () => verdictPublicKeys(stack.core.store, 'all');
  const codes = async () => (await verifyRecord(stack.core.store)).findings.map(({ code, action }) => [code, action]);
  const asked = (type = 'one_person') => ask(stack, type, { more: { claim: false }, context: { n: 1 } });

  it('proves who said it, whatever was said', async () => {
    const both = await asked('two_people');
    await ann.says('ask', both, { question: 'why now?' });
    await ann.says('delegate', both, { to: 'carl' });
    await ann.says('withdraw', both);
    await ann.says('approve', both, { comment: 'looks right' });
    await bob.says('abstain', both);
    await bob.says('withdraw', both);
    await bob.says('override', both, { comment: 'the site is down' });
    const rejected = await asked();
    await ann.says('reject', rejected, { comment: 'no' });
    const edited = await asked();
    await ann.says('edit', edited, { arguments: { n: 2 } });
    const keys = await publicKeys();
    const seen: [string, string][] = [];
    for (const answer of [both, rejected, edited]) {
      for (const entry of await verdictsOn(answer)) {
        seen.push([(entry.data['proof'] as { verdict: string }).verdict, isProven(entry, keys)]);
      }
    }
    const words = ['ask', 'delegate', 'withdraw', 'approve', 'abstain', 'withdraw', 'override', 'reject', 'edit'];
    expect(seen).toEqual(words.map((word) => [word, 'proven']));
    expect(await codes()).toEqual([]);
  });

  it('proves nothing that was not said', async () => {
    const answer = await asked();
    await ann.says('approve', answer, { comment: 'looks right' });
    const keys = await publicKeys();
    const [given] = await verdictsOn(answer);
    if (given === undefined) throw new Error('There is no verdict');
    const proof = given.data['proof'] as object;
    const saying = (data: object) => ({ ...given, data: { ...given.data, ...data } });
    const forgeries = {
      reviewer: { ...given, actor: 'reviewer:bob' },
      action: { ...given, action: 'act_other' },
      name: { ...given, key: 'verdict:other' },
      comment: saying({ comment: 'looks wrong' }),
      end: saying({ verdict: 'denied' }),
      question: saying({ approvalId: 'apr_other' }),
      digest: saying({ actionDigest: `sha256:${'0'.repeat(64)}` }),
      role: saying({ proof: { ...proof, role: 'admin' } }),
      groups: saying({ proof: { ...proof, groups: ['security'] } }),
      word: saying({ proof: { ...proof, verdict: 'override' } }),
      time: saying({ proof: { ...proof, at: 1 } }),
      key: saying({ proof: { ...proof, keyId: 'unknown' } }),
    };
    const found = Object.entries(forgeries).map(([what, entry]) => [what, isProven(entry, keys)]);
    expect(found).toEqual(Object.keys(forgeries).map((what) => [what, 'forged']));
    expect(isProven(given, new Map())).toBe('forged');
    expect(isProven({ ...given, data: { verdict: 'approved' } }, keys)).toBe('unproven');
  });

  it('proves it in an export alone, by another program', async () => {
    const answer = await asked();
    await ann.says('approve', answer, { comment: 'looks right' });
    const signalled = await asked();
    await stack.client.workflow.getHandle(signalled.actionId).signal('reject');
    await ended(stack, signalled.actionId);
    await sealPending(stack.core.store);
    const pieces: Uint8Array[] = [];
    const wanted = { format: 'ndjson', filter: { kind: 'verdict' }, after: 0, actor: 'admin:maria', at: 1 } as const;
    for await (const { bytes } of exportRecord(stack.core.store, wanted)) pieces.push(bytes);
    const lines = Buffer.concat(pieces).toString().trimEnd().split('\n');
    const walk = (...given: string[]) => {
      const walk = new Walk({ checkpoints: [], keys: new Map(), verdictKeys, partial: true });
      for (const line of given) walk.take(line);
      return walk;
    };
    const verdictKeys = await publicKeys();
    expect(walk(...lines)).toMatchObject({ broken: [], verdicts: lines.length, signed: lines.length - 1 });

    // Somebody who can write the database and seal what is there: only the signature is not theirs.
    const forged = lines.map((line) => {
      const entry = JSON.parse(line) as ExportedEntry;
      if (entry.action !== answer.actionId) return line;
      const other = { ...entry, actor: 'reviewer:bob' };
      return JSON.stringify({ ...other, hash: hashOf(other) });
    });
    expect(walk(...forged)).toMatchObject({
      broken: [{ says: expect.stringContaining('signed the verdict') as string }],
      signed: lines.length - 2,
    });
  });

  it('that was rewritten is a finding, beside that of the chain', async () => {
    const answer = await asked();
    await ann.says('approve', answer, { comment: 'looks right' });
    await takeOverTables(stack.core.store);
    const where = sql`action_id = ${answer.actionId} and kind = 'verdict'`;
    await sql`update events set actor = 'reviewer:bob' where ${where}`.execute(stack.core.store.db);
    expect(await codes()).toContainEqual(['verdict_forged', answer.actionId]);
  });
});
