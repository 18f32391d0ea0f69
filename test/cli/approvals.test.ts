import { approvalViewSchema } from '@gatehouse/sdk/contract';
import type { Ran } from './support/run-cli.ts';
import { dataFolderWithKeys, runCli } from './support/run-cli.ts';
import type { ScriptedGate } from './support/scripted-gate.ts';
import { ACTION_ID, APPROVAL_ID, startGate } from './support/scripted-gate.ts';

const dataDir = dataFolderWithKeys();

describe('gatehouse approvals', () => {
  let gate: ScriptedGate;
  const run = (args: string[], more: Parameters<typeof runCli>[1] = {}): Promise<Ran> =>
    runCli(['approvals', ...args], { ...more, env: { GATEHOUSE_URL: gate.url, GATEHOUSE_DATA: dataDir } });
  beforeEach(async () => {
    gate = await startGate();
  });
  afterEach(() => gate.close());

  it('lists what waits, aligned', async () => {
    const { out, code } = await run(['list', '--status', 'pending', '--limit', '5']);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual(
      [
        'APPROVAL    STATUS   SEVERITY  AGENT          WANTS                                   OPEN UNTIL',
        'apr_7Yk2mQ  pending  high 72   cleanup-agent  delete_records on production_database  2026-02-04T10:00:00.012Z',
        '',
      ].map((line) =>
        line.replace('WANTS                                   ', 'WANTS                                  '),
      ),
    );
  });

  it('says which filter is wrong, and ends with the code for that', async () => {
    const { err, code } = await run(['list', '--status', 'held']);
    expect(code).toBe(2);
    expect(err).toContain('pending, approved, denied, expired, cancelled');
  });

  it('shows one, found by its own id or by that of its action', async () => {
    const byApproval = await run(['show', APPROVAL_ID]);
    expect(byApproval.out).toContain('  │ "count": 1500\n  │ "table": "users"\n');
    expect(byApproval.out).toContain(gate.approval.actionDigest);
    expect(await run(['show', ACTION_ID])).toEqual(byApproval);
  });

  it("prints the API's very text with --json", async () => {
    const { out } = await run(['show', APPROVAL_ID, '--json']);
    const answer = await gate.app.call('GET', `/api/v1/approvals/${APPROVAL_ID}?claim=false`, { key: 'reviewer' });
    expect(out).toBe(`${answer.text}\n`);
    expect(approvalViewSchema.parse(JSON.parse(out)).approvalId).toBe(APPROVAL_ID);
  });

  it('prints a problem as JSON on standard error with --json', async () => {
    const { out, err, code } = await run(['show', 'apr_none', '--json']);
    expect([out, code]).toEqual(['', 1]);
    expect(JSON.parse(err)).toMatchObject({ code: 'not_found', status: 404 });
  });

  it('approves what it has read, with its digest, and says what that was', async () => {
    const { out, code } = await run(['approve', APPROVAL_ID, '--comment', 'fine']);
    expect(code).toBe(0);
    expect(out).toContain('Approving what cleanup-agent wants: delete_records on production_database');
    expect(out).toContain('arguments {"count":1500,"table":"users"}');
    expect(out).toContain('apr_7Yk2mQ is approved by the-reviewer at ');
    expect(gate.approval).toMatchObject({ status: 'approved', comment: 'fine' });
  });

  it('tells the same person that it is approved already', async () => {
    await run(['approve', APPROVAL_ID]);
    const again = await run(['approve', APPROVAL_ID]);
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/^apr_7Yk2mQ is approved by the-reviewer at .* \(already, by you\)$/m);
  });

  it('F02 tells the loser of a race who resolved it and when', async () => {
    gate.resolve('denied', 'maria', 'no');
    const { err, code } = await run(['approve', APPROVAL_ID]);
    expect(code).toBe(1);
    expect(err).toContain('already_resolved: The approval is denied, by maria, at 2026-02-03T10:01:00.000Z');
  });

  it('rejects', async () => {
    expect((await run(['reject', ACTION_ID, '--comment', 'not now'])).out).toContain(
      'apr_7Yk2mQ is denied by the-reviewer',
    );
    expect(gate.approval.comment).toBe('not now');
  });

  it('I2 never approves what the digest does not belong to', async () => {
    gate.approval = { ...gate.approval, arguments: { table: 'customers' } };
    const { err, code } = await run(['approve', APPROVAL_ID]);
    expect(code).toBe(1);
    expect(err).toContain('digest_mismatch');
    expect(gate.approval.status).toBe('pending');
  });

  it('asks a person at a terminal, and takes only yes for a yes', async () => {
    const no = await run(['approve', APPROVAL_ID], { columns: 80, input: 'maybe\n' });
    expect(no.code).toBe(1);
    expect(no.out).toContain('Approve exactly this? [y/N]');
    expect(no.err).toContain('still pending');
    expect(gate.approval.status).toBe('pending');
    expect((await run(['approve', APPROVAL_ID], { columns: 80, input: '' })).code).toBe(1);
    const yes = await run(['approve', APPROVAL_ID], { columns: 80, input: 'y\n' });
    expect(yes.code).toBe(0);
    expect(gate.approval.status).toBe('approved');
  });

  it('does not ask with --yes', async () => {
    const { out } = await run(['approve', APPROVAL_ID, '--yes'], { columns: 80 });
    expect(out).not.toContain('[y/N]');
    expect(gate.approval.status).toBe('approved');
  });
});
