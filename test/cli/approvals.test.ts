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
        'APPROVAL      STATUS   SEVERITY  AGENT          WANTS                                   OPEN UNTIL',
        'apr_7Yk2mQ_1  pending  high 72   cleanup-agent  delete_records on production_database  2026-02-04T10:00:00.012Z',
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
    expect(out).toContain(`${APPROVAL_ID} is approved by the-reviewer at `);
    expect(gate.approval).toMatchObject({ status: 'approved', comment: 'fine' });
  });

  it('tells the same person that it is approved already', async () => {
    await run(['approve', APPROVAL_ID]);
    const again = await run(['approve', APPROVAL_ID]);
    expect(again.code).toBe(0);
    expect(again.out).toMatch(/^apr_7Yk2mQ_1 is approved by the-reviewer at .* \(already, by you\)$/m);
  });

  it('F02 tells the loser of a race who resolved it and when', async () => {
    gate.resolve('denied', 'maria', 'no');
    const { err, code } = await run(['approve', APPROVAL_ID]);
    expect(code).toBe(1);
    expect(err).toContain('already_resolved: The approval is denied, by maria, at 2026-02-03T10:01:00.000Z');
  });

  it('rejects', async () => {
    expect((await run(['reject', ACTION_ID, '--comment', 'not now'])).out).toContain(
      `${APPROVAL_ID} is denied by the-reviewer`,
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

  it('says which are break-glass approvals that nobody else has looked at', async () => {
    gate.approval = { ...gate.approval, status: 'approved', breakGlass: true };
    expect((await run(['list'])).out).toContain('approved, break-glass, second look due');
    const { out, code } = await run(['second-look', APPROVAL_ID, '--comment', 'it was right']);
    expect([out, code]).toEqual([`the-reviewer has looked at ${APPROVAL_ID}.\n`, 0]);
    expect((await run(['list'])).out).toMatch(/approved, break-glass {2}/);
    expect((await run(['show', APPROVAL_ID])).out).toMatch(/second look by the-reviewer at .*: it was right/);
  });

  it('shows what the session did before and what people said to questions like it', async () => {
    const { out } = await run(['show', APPROVAL_ID]);
    expect(out).toContain('before      2026-02-03T09:58:00.000Z count_records on production_database: succeeded');
    expect(out).toContain(
      'similar     2026-01-27T10:00:00.000Z cleanup-agent on production_database: approved by maria',
    );
  });

  it('F19 says first that the same was refused before', async () => {
    const [similar] = gate.background.similar;
    if (similar === undefined) throw new Error('The example has a similar approval');
    const refused = { ...similar, status: 'denied' as const, sameArguments: true };
    gate.background = { ...gate.background, similar: [similar, refused] };
    const lines = (await run(['show', APPROVAL_ID])).out.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('  ! The same request was refused before: see the row "again".');
    expect(lines.at(-2)).toContain('again       the same was refused by maria, asked at 2026-01-27T10:00:00.000Z');
  });

  it("answers a reviewer's question as the agent that asked", async () => {
    const { out } = await run(['answer', APPROVAL_ID, 'q1', 'There is one of today.']);
    expect(out).toBe(`Answered q1 of ${APPROVAL_ID}.\n`);
    expect((await run(['show', APPROVAL_ID])).out).toMatch(/answer {6}at \S+: There is one of today\./);
  });
});
